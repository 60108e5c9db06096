import type { ContactSynced } from '@kontaktor/contracts';
import { defaultRetryPolicy, outcomeOf } from '@kontaktor/domain';
import { longestCallMs } from '../call-times';
import type { Cause } from '../connections/suspension';
import type { Delivered } from './delivered';

/** What follows for a row: it goes with an outcome that is told, it is tried again, or it waits for its connection. */
export type Fate =
  | { readonly kind: 'final'; readonly outcome: ContactSynced['outcome'] }
  | {
      readonly kind: 'retry';
      readonly afterMs: number;
      readonly counts: boolean;
      readonly uncertain: boolean;
      /** Far enough away for a run to park the item. */
      readonly told: boolean;
    }
  | { readonly kind: 'suspend'; readonly cause: Cause };

const farAwayMs = 60_000;
/** So often it is looked for what an uncertain call did. */
const mostLooks = 4;

/** @param readLagMs a reading shows a call's effect so long after its end */
export function fateOf(one: Delivered, readLagMs: number): Fate {
  if (one.result === 'postponed') return { kind: 'retry', afterMs: one.afterMs, counts: false, uncertain: one.row.uncertain, told: false };
  if (one.result !== 'failed') return { kind: 'final', outcome: one.result };
  const failure = one.error.toFailure();
  const outcome = outcomeOf(failure, one.row.attempts + 1, defaultRetryPolicy);
  switch (outcome.kind) {
    case 'fail':
      return { kind: 'final', outcome: 'failed' };
    case 'suspend':
      return { kind: 'suspend', cause: { kind: failure.kind, message: outcome.cause } };
    case 'retry': {
      const { afterMs, countsAsAttempt: counts } = outcome;
      return { kind: 'retry', afterMs, counts, uncertain: one.row.uncertain, told: counts && afterMs >= farAwayMs };
    }
    case 'verify':
      if (one.row.attempts >= mostLooks) return { kind: 'final', outcome: 'uncertain' };
      // Before then the absence of an effect proves nothing.
      return { kind: 'retry', afterMs: longestCallMs + readLagMs, counts: true, uncertain: true, told: false };
  }
}
