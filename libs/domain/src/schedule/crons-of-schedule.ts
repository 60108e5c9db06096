import { Cron, CronPattern } from 'croner';
import type { Schedule } from '../link/link-version';

type LocalSchedule = Exclude<Schedule, { readonly kind: 'every' }>;

/** croner's fixed times: one in a gap of the clock runs just after the gap, one that exists twice runs the first time only. */
const options = { mode: '5-part', fixedTimeRule: 'no-wildcard' } as const;

/** The cron patterns whose earliest next time is the schedule's. @throws when one is not valid; `scheduleProblem` says it in words. */
export function cronsOf(schedule: LocalSchedule): readonly Cron[] {
  return patternsOf(schedule).map((pattern) => new Cron(pattern, { ...options, timezone: schedule.zone }));
}

function patternsOf(schedule: LocalSchedule): readonly string[] {
  if (schedule.kind === 'cron') return [withFixedTimes(schedule.expression.trim())];
  const [hour, minute] = schedule.at.split(':').map(Number);
  const time = `${minute} ${hour}`;
  if (schedule.kind === 'daily') return [`${time} * * *`];
  if (schedule.kind === 'weekly') return [`${time} * * ${schedule.weekday}`];
  return daysOfMonth(schedule.day).map((days) => `${time} ${days} *`);
}

/** Day and month fields; a day that a month lacks is that month's last. */
function daysOfMonth(day: number): readonly string[] {
  if (day === 31) return ['L 1-12'];
  if (day > 28) return [`${day} 1,3-12`, 'L 2'];
  return [`${day} 1-12`];
}

/**
 * Steps and wildcards written out as lists, so that croner takes them for fixed times. An expression for every hour names a rhythm, not
 * times of day: it keeps its rhythm through a change of the clock.
 */
function withFixedTimes(expression: string): string {
  if (expression.startsWith('@')) return expression;
  const { minute, hour } = new CronPattern(expression, undefined, options);
  if (hour.every((wanted) => wanted === 1)) return expression;
  const list = (field: readonly number[]): string => field.flatMap((wanted, value) => (wanted === 1 ? [value] : [])).join(',');
  return [list(minute), list(hour), ...expression.split(/\s+/).slice(2)].join(' ');
}
