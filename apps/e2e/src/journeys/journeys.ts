import type { Stack } from '../stack/stack';
import { inWorld, type World, type WorldOptions } from '../world/world';
import { alertJourneys } from './alerts';
import { consentJourneys } from './consent';
import { diaryJourneys } from './diary';
import { liveJourneys } from './live';
import { privacyJourneys } from './privacy';
import { runJourneys } from './runs';
import { selectionJourneys } from './selection';
import { settingsJourneys } from './settings';
import { troubleJourneys } from './trouble';
import { trustJourneys } from './trust';
import { undoJourneys } from './undo';

/** A journey in a world of its own. Journeys share a stack and run side by side. */
export type Journey = (title: string, run: (world: World) => Promise<void>, options?: WorldOptions) => void;

/** They run side by side, and the longest waits for two time-outs; a slow machine takes its time. */
const mostMs = 240_000;

/** Every row of section A, whatever way Kontaktor runs. */
export function journeys(stack: () => Stack): void {
  const journey: Journey = (title, run, options = {}) => it.concurrent(title, () => inWorld(stack(), options, run), mostMs);
  const all = [
    settingsJourneys,
    selectionJourneys,
    runJourneys,
    liveJourneys,
    consentJourneys,
    diaryJourneys,
    troubleJourneys,
    trustJourneys,
    alertJourneys,
    privacyJourneys,
    undoJourneys,
  ];
  for (const tell of all) tell(journey);
}
