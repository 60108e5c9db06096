import fc from 'fast-check';
import type { Schedule } from '../link/link-version';
import { nextSlot } from './next-slot';
import { scheduleProblem } from './schedule-problem';

const zone = 'Europe/Prague';
const anchor = new Date('2026-01-01T00:00:00Z');
const daily = (at: string): Schedule => ({ kind: 'daily', at, zone });
const cron = (expression: string): Schedule => ({ kind: 'cron', expression, zone });

function slotsFrom(schedule: Schedule, after: string, count: number, from: Date = anchor): string[] {
  const slots: string[] = [];
  let last = new Date(after);
  for (let at = 0; at < count; at += 1) {
    const next = nextSlot(schedule, last, from);
    if (next === undefined) break;
    slots.push(next.toISOString().replace(':00.000Z', 'Z'));
    last = next;
  }
  return slots;
}

describe('next slot over the changes of the clock in Prague (29 March and 25 October 2026)', () => {
  const nightOfSpring = '2026-03-28T12:00:00Z';
  const nightOfAutumn = '2026-10-24T12:00:00Z';
  it.each<[string, Schedule, string, string[]]>([
    ['an ordinary time in spring', daily('03:30'), nightOfSpring, ['2026-03-29T01:30Z', '2026-03-30T01:30Z']],
    ['02:30 does not exist in spring: just after', daily('02:30'), nightOfSpring, ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    ['02:00 does not exist in spring: just after', daily('02:00'), nightOfSpring, ['2026-03-29T01:00Z', '2026-03-30T00:00Z']],
    ['03:00 is just after the gap', daily('03:00'), nightOfSpring, ['2026-03-29T01:00Z', '2026-03-30T01:00Z']],
    ['02:30 exists twice in autumn: once', daily('02:30'), nightOfAutumn, ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ['02:00 exists twice in autumn: once', daily('02:00'), nightOfAutumn, ['2026-10-25T00:00Z', '2026-10-26T01:00Z']],
    ['03:00 exists once in autumn', daily('03:00'), nightOfAutumn, ['2026-10-25T02:00Z', '2026-10-26T02:00Z']],
    [
      'weekly on the Sunday of the change',
      { kind: 'weekly', weekday: 7, at: '02:30', zone },
      nightOfSpring,
      ['2026-03-29T01:00Z', '2026-04-05T00:30Z'],
    ],
    ['monthly on the 25th', { kind: 'monthly', day: 25, at: '02:15', zone }, nightOfAutumn, ['2026-10-25T00:15Z', '2026-11-25T01:15Z']],
    [
      'cron with steps inside the gap fires once',
      cron('*/15 2 * * *'),
      nightOfSpring,
      ['2026-03-29T01:00Z', '2026-03-30T00:00Z', '2026-03-30T00:15Z'],
    ],
    ['cron every second hour keeps its local times', cron('30 */2 * * *'), '2026-10-25T00:00Z', ['2026-10-25T00:30Z', '2026-10-25T03:30Z']],
    [
      'cron of every hour keeps its rhythm',
      cron('0 * * * *'),
      '2026-10-24T23:30Z',
      ['2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T02:00Z'],
    ],
    ['every 24 hours counts elapsed hours', { kind: 'every', hours: 24 }, nightOfSpring, ['2026-03-29T00:00Z', '2026-03-30T00:00Z']],
  ])('[B2] %s', (_name, schedule, after, expected) => {
    expect(slotsFrom(schedule, after, expected.length)).toEqual(expected);
  });

  it('[B2] after the first of two equal local times the second is not due', () => {
    expect(nextSlot(daily('02:30'), new Date('2026-10-25T00:45:00Z'), anchor)).toEqual(new Date('2026-10-26T01:30:00Z'));
    expect(nextSlot(daily('02:30'), new Date('2026-10-25T01:15:00Z'), anchor)).toEqual(new Date('2026-10-26T01:30:00Z'));
  });
});

describe('next slot', () => {
  it.each([
    [31, ['2026-01-31T11:00Z', '2026-02-28T11:00Z', '2026-03-31T10:00Z', '2026-04-30T10:00Z']],
    [30, ['2026-01-30T11:00Z', '2026-02-28T11:00Z', '2026-03-30T10:00Z', '2026-04-30T10:00Z']],
    [29, ['2026-01-29T11:00Z', '2026-02-28T11:00Z', '2026-03-29T10:00Z', '2026-04-29T10:00Z']],
    [28, ['2026-01-28T11:00Z', '2026-02-28T11:00Z', '2026-03-28T11:00Z', '2026-04-28T10:00Z']],
  ])('[B2] monthly on day %i falls on the last day of a month that lacks it', (day, expected) => {
    expect(slotsFrom({ kind: 'monthly', day, at: '12:00', zone }, '2026-01-01T00:00Z', 4)).toEqual(expected);
  });

  it('[B2] monthly on day 29 falls on 29 February of a leap year', () => {
    expect(slotsFrom({ kind: 'monthly', day: 29, at: '12:00', zone }, '2028-02-01T00:00Z', 1)).toEqual(['2028-02-29T11:00Z']);
  });

  it('[A4] every 24 h is first due one period after the link was enabled, then on that rhythm', () => {
    const enabled = new Date('2026-03-02T08:17:00Z');
    expect(slotsFrom({ kind: 'every', hours: 24 }, enabled.toISOString(), 2, enabled)).toEqual(['2026-03-03T08:17Z', '2026-03-04T08:17Z']);
    expect(slotsFrom({ kind: 'every', hours: 1.5 }, '2026-03-02T12:00Z', 2, enabled)).toEqual(['2026-03-02T12:47Z', '2026-03-02T14:17Z']);
  });

  it('[B2] a cron expression that never comes has no next slot', () => {
    expect(nextSlot(cron('0 0 31 2 *'), anchor, anchor)).toBeUndefined();
  });

  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const at = time.map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const zones = fc.constantFrom('Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia', 'UTC');
  const schedules: fc.Arbitrary<Schedule> = fc.oneof(
    fc.record({ kind: fc.constant('daily' as const), at, zone: zones }),
    fc.record({ kind: fc.constant('weekly' as const), weekday: fc.integer({ min: 0, max: 7 }), at, zone: zones }),
    fc.record({ kind: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }), at, zone: zones }),
    fc.record({ kind: fc.constant('every' as const), hours: fc.double({ min: 0.02, max: 100, noNaN: true }) }),
    fc.record({
      kind: fc.constant('cron' as const),
      expression: fc.constantFrom('*/20 1-3 * * *', '5 */3 * * 1-5', '0 2 L * *', '30 2,14 * * *', '7 * * * *'),
      zone: zones,
    }),
  );
  const instants = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true });

  it('[B2] is always later, and the same from every moment before it: never twice, never skipped', () => {
    fc.assert(
      fc.property(schedules, instants, fc.double({ min: 0, max: 1, noNaN: true }), (schedule, after, share) => {
        const first = nextSlot(schedule, after, anchor);
        const second = first && nextSlot(schedule, first, anchor);
        if (first === undefined || second === undefined) throw new Error('these schedules always come again');
        expect(first.getTime()).toBeGreaterThan(after.getTime());
        expect(second.getTime()).toBeGreaterThan(first.getTime());
        const between = new Date(first.getTime() + Math.floor((second.getTime() - first.getTime() - 1) * share));
        expect(nextSlot(schedule, between, anchor)).toEqual(second);
      }),
      { numRuns: 400 },
    );
  });

  it('[B2] a daily time is due once on every date of the year, at that time or just after a gap', () => {
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    fc.assert(
      fc.property(at, (wanted) => {
        const slots = slotsFrom(daily(wanted), '2025-12-31T22:59:59Z', 365).map((slot) => local.format(new Date(slot)).split(' '));
        expect(new Set(slots.map(([date]) => date)).size).toBe(365);
        const others = slots.filter(([, clock]) => clock !== wanted);
        expect(others).toEqual(wanted.startsWith('02:') ? [['2026-03-29', '03:00']] : []);
      }),
      { numRuns: 30, examples: [['02:00'], ['02:30'], ['02:59'], ['00:00'], ['23:59']] },
    );
  });
});

describe('what is wrong with a schedule', () => {
  it.each<[Schedule, string | undefined]>([
    [daily('2:30'), 'hours and minutes'],
    [daily('24:00'), 'hours and minutes'],
    [{ kind: 'weekly', weekday: 8, at: '02:30', zone }, 'weekday'],
    [{ kind: 'monthly', day: 0, at: '02:30', zone }, 'day of the month'],
    [{ kind: 'daily', at: '02:30', zone: 'Prague' }, 'not a time zone'],
    [cron('61 2 * * *'), 'cron expression'],
    [cron('* * * * * *'), 'cron expression'],
    [{ kind: 'every', hours: 0.001 }, 'a minute or longer'],
    [{ kind: 'every', hours: 24 }, undefined],
    [cron('@daily'), undefined],
    [cron(' 0 6 * * MON-FRI '), undefined],
  ])('[B2] %j: %s', (schedule, part) => {
    const problem = scheduleProblem(schedule);
    if (part === undefined) expect(problem).toBeUndefined();
    else expect(problem).toContain(part);
  });
});
