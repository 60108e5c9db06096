import { pragueOffsetMinutes } from '@kontaktor/simulator-kit';

/** `2025-05-10 14:29:07`, UTC. */
export const naiveUtc = (at: string): string => at.slice(0, 19).replace('T', ' ');

/** The last time asked for, and its answer: people of one bulk call share theirs. */
let last = { at: '', shifted: false, text: '' };

/** The ISO form with microseconds. The live service takes stored UTC for Prague time and converts it once more, so it is 1-2 h early. */
export function isoTime(at: string, shifted: boolean): string {
  if (last.at === at && last.shifted === shifted) return last.text;
  const time = Date.parse(at);
  const early = shifted ? pragueOffsetMinutes(new Date(time)) * 60_000 : 0;
  last = { at, shifted, text: `${new Date(time - early).toISOString().slice(0, 19)}.000000Z` };
  return last.text;
}

/** `3.2.2025` */
export const czechDate = (at: Date): string => `${at.getUTCDate()}.${at.getUTCMonth() + 1}.${at.getUTCFullYear()}`;
