import type { Schedule } from '../link/link-version';
import { cronsOf } from './crons-of-schedule';

const hourMs = 60 * 60 * 1000;

/**
 * The first time after `after` at which the schedule is due; undefined when it never is again (cron for 31 February). Local times are of
 * the schedule's zone: one that does not exist is due just after the gap, one that exists twice the first time only. A monthly day that a
 * month lacks is its last day. `every` counts elapsed hours from `anchor`, whatever the clocks do.
 * @throws when the schedule is not valid: `scheduleProblem` says why
 */
export function nextSlot(schedule: Schedule, after: Date, anchor: Date): Date | undefined {
  if (schedule.kind === 'every') return nextPeriod(schedule.hours * hourMs, after, anchor);
  const slots = cronsOf(schedule).flatMap((cron) => cron.nextRun(after) ?? []);
  return slots.sort((a, b) => a.getTime() - b.getTime())[0];
}

function nextPeriod(periodMs: number, after: Date, anchor: Date): Date {
  const passed = Math.floor((after.getTime() - anchor.getTime()) / periodMs);
  const slotOf = (period: number): Date => new Date(Math.round(anchor.getTime() + period * periodMs));
  const next = slotOf(Math.max(passed, 0) + 1);
  // Rounding to milliseconds may have brought the next period onto `after` itself.
  return next > after ? next : slotOf(passed + 2);
}
