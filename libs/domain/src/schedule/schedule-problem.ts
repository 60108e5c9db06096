import type { Schedule } from '../link/link-version';
import { cronsOf } from './crons-of-schedule';

const shortestHours = 1 / 60;

/** What is wrong with a schedule, in words for whoever wrote it; undefined when nothing is. Weekdays: 0 or 7 is Sunday, 1 Monday. */
export function scheduleProblem(schedule: Schedule): string | undefined {
  if (schedule.kind === 'every') return schedule.hours >= shortestHours ? undefined : 'the period must be a minute or longer';
  return timeProblem(schedule) ?? dayProblem(schedule) ?? zoneProblem(schedule.zone) ?? cronProblem(schedule);
}

function timeProblem(schedule: Schedule): string | undefined {
  if (!('at' in schedule) || /^([01]\d|2[0-3]):[0-5]\d$/.test(schedule.at)) return undefined;
  return `the time "${schedule.at}" must be written as hours and minutes, such as 02:30`;
}

function dayProblem(schedule: Schedule): string | undefined {
  if (schedule.kind === 'weekly' && !isWholeBetween(schedule.weekday, 0, 7))
    return 'the weekday must be a number from 1 (Monday) to 7 (Sunday)';
  if (schedule.kind === 'monthly' && !isWholeBetween(schedule.day, 1, 31)) return 'the day of the month must be a number from 1 to 31';
  return undefined;
}

const isWholeBetween = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

function zoneProblem(zone: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return undefined;
  } catch {
    return `"${zone}" is not a time zone; write it as in Europe/Prague`;
  }
}

function cronProblem(schedule: Exclude<Schedule, { readonly kind: 'every' }>): string | undefined {
  try {
    cronsOf(schedule);
    return undefined;
  } catch (error) {
    return `the cron expression is not valid (minute, hour, day, month, weekday): ${error instanceof Error ? error.message : String(error)}`;
  }
}
