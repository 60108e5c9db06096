import fc from 'fast-check';
import { step, type Signal, type Timing, type Told, type WatchState } from './watch-state';

const minute = 60_000;
const timing: Timing = { holdMs: 5 * minute, calmMs: 2 * minute, remindMs: 60 * minute, quiet: false };
const bad: Signal = { kind: 'bad' };
const well: Signal = { kind: 'well' };

/** What is told while the signals come, one each so many minutes. */
function toldOf(signals: readonly Signal[], over: Partial<Timing> = {}, everyMinutes = 1): { told: [number, Told][]; state: WatchState } {
  let state: WatchState = { phase: 'well' };
  const told: [number, Told][] = [];
  signals.forEach((signal, index) => {
    const at = index * everyMinutes;
    const next = step(state, signal, { ...timing, ...over }, at * minute);
    state = next.state;
    if (next.told !== undefined) told.push([at, next.told]);
  });
  return { told, state };
}

const times = (count: number, signal: Signal): Signal[] => Array.from({ length: count }, () => signal);

describe('a watched state', () => {
  it('[F14] is raised once it has been bad for as long as it must, told once, and recovery is told too', () => {
    expect(toldOf([...times(20, bad), ...times(10, well)]).told).toEqual([
      [5, 'raised'],
      [22, 'recovered'],
    ]);
    expect(toldOf([bad, well], { holdMs: 0, calmMs: 0 }).told).toEqual([
      [0, 'raised'],
      [1, 'recovered'],
    ]);
  });

  it('[F14] that flaps tells nothing before it holds, and no recovery before it is calm', () => {
    expect(toldOf(times(10, bad).flatMap((one) => [one, well])).told).toEqual([]);
    expect(toldOf([...times(6, bad), ...times(10, bad).flatMap((one) => [well, one])]).told).toEqual([[5, 'raised']]);
  });

  it('[F14] is told again after the set time while it lasts, unless somebody took it on', () => {
    expect(toldOf(times(130, bad)).told.map(([at]) => at)).toEqual([5, 65, 125]);
    for (const over of [{ quiet: true }, { remindMs: null }]) expect(toldOf(times(130, bad), over).told).toEqual([[5, 'raised']]);
  });

  it('[F14] counts from when the fact itself says it began: silence that ended is no silence', () => {
    const silent = (sinceMinute: number): Signal => ({ kind: 'bad', since: sinceMinute * minute });
    const signals = [...times(8, silent(0)), ...times(8, silent(7))];
    expect(toldOf(signals).told).toEqual([
      [5, 'raised'],
      [10, 'recovered'],
      [12, 'raised'],
    ]);
    expect(toldOf([silent(-60)]).told).toEqual([[0, 'raised']]);
  });

  it('[F14] does not change while nobody can say how it is, and ends when it is watched no more', () => {
    const unknown: Signal = { kind: 'unknown' };
    expect(toldOf([...times(6, bad), ...times(50, unknown), bad]).told).toEqual([[5, 'raised']]);
    expect(toldOf([...times(6, bad), { kind: 'gone' }, well]).told).toEqual([
      [5, 'raised'],
      [6, 'recovered'],
    ]);
    expect(toldOf([...times(3, bad), { kind: 'gone' }]).told).toEqual([]);
  });

  const signals = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(bad) },
      { weight: 4, arbitrary: fc.constant(well) },
      fc.constant<Signal>({ kind: 'unknown' }),
      fc.constant<Signal>({ kind: 'gone' }),
      fc.integer({ min: -100, max: 300 }).map((since): Signal => ({ kind: 'bad', since: since * minute })),
    ),
    { maxLength: 120 },
  );
  const timings = fc.record({
    holdMs: fc.integer({ min: 0, max: 10 }).map((n) => n * minute),
    calmMs: fc.integer({ min: 0, max: 10 }).map((n) => n * minute),
    remindMs: fc.option(fc.integer({ min: 1, max: 30 }).map((n) => n * minute)),
  });

  it('[F14] tells each change exactly once, in order: raised, reminders, recovered, and so on', () => {
    fc.assert(
      fc.property(signals, timings, fc.integer({ min: 1, max: 7 }), (seen, over, every) => {
        const { told, state } = toldOf(seen, over, every);
        const text = told.map(([, what]) => ({ raised: 'R', reminder: 'm', recovered: 'r' })[what]).join('');
        expect(text).toMatch(/^(Rm*r)*(Rm*)?$/);
        expect(/Rm*$/.test(text)).toBe(state.phase === 'raised' || state.phase === 'calming');
      }),
      { numRuns: 1000 },
    );
  });

  it('[F14] whatever came before, what stays bad is raised and what stays well has recovered', () => {
    fc.assert(
      fc.property(signals, timings, (seen, over) => {
        expect(toldOf([...seen, ...times(15, bad)], over).state.phase).toBe('raised');
        expect(toldOf([...seen, ...times(15, well)], over).state.phase).toBe('well');
      }),
    );
  });
});
