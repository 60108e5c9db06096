import { scheduleProblem } from '@kontaktor/domain';
import { Cron } from 'croner';
import type { LinkDocument } from '../document/link-document';
import type { Problem } from '../http/refusal';

type Schedule = LinkDocument['schedule'];

const longestHours = 24 * 366;

/** Times, days, zone and cron expression of a schedule: each with its place, then whatever else the scheduler would refuse. */
export function checkSchedule(schedule: Schedule): readonly Problem[] {
  if (schedule === 'none') return [];
  const placed = placedProblems(schedule);
  const other = placed.length > 0 ? undefined : scheduleProblem(schedule);
  return other === undefined ? placed : [{ place: 'schedule', problem: other }];
}

function placedProblems(schedule: Exclude<Schedule, 'none'>): readonly Problem[] {
  const wrong = (key: string, problem: string, holds: boolean): Problem[] => (holds ? [] : [{ place: `schedule.${key}`, problem }]);
  if (schedule.kind === 'every') {
    return wrong('hours', 'must be more than 0 and at most a year', schedule.hours > 0 && schedule.hours <= longestHours);
  }
  const zone = wrong('zone', `"${schedule.zone}" is not a time zone; write one such as Europe/Prague`, isZone(schedule.zone));
  if (schedule.kind === 'cron') return zone.length > 0 ? zone : cronProblems(schedule.expression, schedule.zone);
  const time = wrong('at', 'must be a time such as 06:30', /^([01]\d|2[0-3]):[0-5]\d$/.test(schedule.at));
  if (schedule.kind === 'daily') return [...time, ...zone];
  if (schedule.kind === 'weekly')
    return [...wrong('weekday', 'must be 1 (Monday) to 7 (Sunday)', within(schedule.weekday, 7)), ...time, ...zone];
  return [...wrong('day', 'must be 1 to 31', within(schedule.day, 31)), ...time, ...zone];
}

const within = (value: number, most: number): boolean => value >= 1 && value <= most;

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function cronProblems(expression: string, zone: string): Problem[] {
  try {
    const next = new Cron(expression, { timezone: zone, paused: true }).nextRun();
    return next === null ? [{ place: 'schedule.expression', problem: 'never comes' }] : [];
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return [{ place: 'schedule.expression', problem: `is not a cron expression such as 0 6 * * 1-5: ${reason}` }];
  }
}
