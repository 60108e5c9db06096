import { IllegalRunMove, isFinal, moveRun } from '../run/move-run';
import { runStates } from '../run/run-state';
import { defaultRetryPolicy, outcomeOf } from './outcome-of';

const failure = (kind: Parameters<typeof outcomeOf>[0]['kind'], retryAfterMs?: number) => ({ kind, message: 'm', retryAfterMs });

describe('outcomeOf', () => {
  it('[F12] a rate limit waits as long as told and costs no attempt', () => {
    expect(outcomeOf(failure('rate-limited', 7000), 99, defaultRetryPolicy)).toEqual({
      kind: 'retry',
      afterMs: 7000,
      countsAsAttempt: false,
    });
    expect(outcomeOf(failure('rate-limited', 1e12), 1, defaultRetryPolicy)).toMatchObject({ afterMs: 6 * 3600 * 1000 });
  });

  it('[F17] an answer in another shape is asked for again, and suspends only when it comes three times', () => {
    const kinds = [1, 2, 3].map((attempt) => outcomeOf(failure('schema-drift'), attempt, defaultRetryPolicy).kind);
    expect(kinds).toEqual(['retry', 'retry', 'suspend']);
  });

  it('[F12] rejected credentials suspend, a rejected item fails alone, an uncertain answer is verified', () => {
    const kinds = (['credentials-rejected', 'item-rejected', 'uncertain'] as const).map(
      (kind) => outcomeOf(failure(kind), 1, defaultRetryPolicy).kind,
    );
    expect(kinds).toEqual(['suspend', 'fail', 'verify']);
  });

  it('[F12] an unavailable provider is tried again after seconds, then ever later, then fails', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((attempt) => outcomeOf(failure('provider-unavailable'), attempt, defaultRetryPolicy));
    expect(waits.map((one) => one.kind === 'retry' && one.afterMs)).toEqual([1000, 3000, 10_000, 60_000, 600_000, 3_600_000]);
    expect(outcomeOf(failure('provider-unavailable'), 7, defaultRetryPolicy)).toMatchObject({ kind: 'fail' });
  });
});

describe('a run', () => {
  it('[F7] moves only by its table', () => {
    expect(moveRun('planning', 'removing')).toBe('removing');
    expect(() => moveRun('upserting', 'removing')).toThrow(IllegalRunMove);
    expect(() => moveRun('done', 'failed')).toThrow('nothing else');
    expect(runStates.filter(isFinal)).toEqual(['done', 'failed', 'cancelled', 'superseded']);
  });
});
