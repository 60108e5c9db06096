import { nextSlot } from '@kontaktor/domain';
import type { Signal } from '../rules/watch-state';
import type { WatchedLink } from './facts';

const hourMs = 60 * 60 * 1000;
/** Runs are known here for so long (retention of `run_progress`); what was changed before that says nothing of runs. */
const knownMs = 45 * 24 * hourMs;

/** Bad from the moment on at which a run was due and none was begun. A link that runs by hand only is never silent. */
export function runsSilent({ schedule, savedAt, latest }: Pick<WatchedLink, 'schedule' | 'savedAt' | 'latest'>, now: Date): Signal {
  if (schedule === undefined) return { kind: 'well' };
  if (latest === undefined && now.getTime() - savedAt.getTime() > knownMs) return { kind: 'unknown' };
  // Each change of a link begins a new count: its schedule may be another, or it was off before.
  const sign = new Date(Math.max(savedAt.getTime(), latest?.startedAt.getTime() ?? 0));
  const due = schedule.kind === 'every' ? new Date(sign.getTime() + schedule.hours * hourMs) : nextSlot(schedule, sign, sign);
  return due !== undefined && due <= now ? { kind: 'bad', since: due.getTime() } : { kind: 'well' };
}
