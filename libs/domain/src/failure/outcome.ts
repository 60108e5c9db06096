export const outcomes = ['done', 'unchanged', 'excluded', 'removed', 'held', 'failed', 'suspended', 'uncertain'] as const;
export type OutcomeName = (typeof outcomes)[number];

/** What an adapter says about a failure; `outcomeOf` alone decides what it means. */
export type FailureKind =
  'rate-limited' | 'credentials-rejected' | 'provider-unavailable' | 'item-rejected' | 'conflict' | 'uncertain' | 'schema-drift';

export interface ClassifiedFailure {
  readonly kind: FailureKind;
  readonly message: string;
  /** Milliseconds, when the provider said when to come again. */
  readonly retryAfterMs?: number;
}

export interface RetryPolicy {
  /** Seconds before attempt 2, 3, …; after the last one the item fails. */
  readonly delaysSeconds: readonly number[];
}

export type FailureOutcome =
  | { readonly kind: 'retry'; readonly afterMs: number; readonly countsAsAttempt: boolean }
  | { readonly kind: 'fail'; readonly cause: string }
  | { readonly kind: 'suspend'; readonly cause: string }
  | { readonly kind: 'verify'; readonly cause: string };
