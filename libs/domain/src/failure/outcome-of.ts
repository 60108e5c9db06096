import type { ClassifiedFailure, FailureOutcome, RetryPolicy } from './outcome';

/** Most failures of a provider pass within seconds. Seven attempts within an hour and a quarter, then it is listed as failed. */
export const defaultRetryPolicy: RetryPolicy = { delaysSeconds: [1, 3, 10, 60, 600, 3600] };

/** An answer in another shape so many times in a row is no accident: the provider has changed. */
export const driftAttempts = 3;

const longestWaitMs = 6 * 60 * 60 * 1000;

/** What a classified failure means for a work item on its `attempt` (1 is the first). The only place that decides it. */
export function outcomeOf(failure: ClassifiedFailure, attempt: number, policy: RetryPolicy): FailureOutcome {
  switch (failure.kind) {
    case 'rate-limited':
      return { kind: 'retry', afterMs: Math.min(failure.retryAfterMs ?? delayMs(attempt, policy), longestWaitMs), countsAsAttempt: false };
    case 'credentials-rejected':
      return { kind: 'suspend', cause: failure.message };
    case 'schema-drift':
      return attempt >= driftAttempts
        ? { kind: 'suspend', cause: failure.message }
        : { kind: 'retry', afterMs: delayMs(attempt, policy), countsAsAttempt: true };
    case 'item-rejected':
      return { kind: 'fail', cause: failure.message };
    case 'uncertain':
      return { kind: 'verify', cause: failure.message };
    case 'provider-unavailable':
    case 'conflict':
      return attempt > policy.delaysSeconds.length
        ? { kind: 'fail', cause: `${failure.message} (${attempt} attempts)` }
        : { kind: 'retry', afterMs: Math.min(failure.retryAfterMs ?? delayMs(attempt, policy), longestWaitMs), countsAsAttempt: true };
  }
}

function delayMs(attempt: number, { delaysSeconds }: RetryPolicy): number {
  return 1000 * (delaysSeconds[Math.min(attempt, delaysSeconds.length) - 1] ?? 60);
}
