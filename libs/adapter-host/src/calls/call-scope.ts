import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the provider calls that one piece of work makes. */
export interface CallScope {
  /** May use the tenth of the budget that is kept for opt-outs and erasure. */
  readonly urgent: boolean;
  /** `performance.now()` after which no call may begin: the lease or the gate's tickets end. */
  readonly deadline?: number;
  /** A person waits for the answer: a call that would have to wait past the deadline is refused at once, in words for them. */
  readonly oneOff?: boolean;
  /** Calls made so far. */
  calls: number;
}

/** No person waits longer for the rate budget. */
const longestWaitMs = 15_000;

/** The scope of a call that a person waits for. */
export const oneOffScope = (): CallScope => ({ urgent: false, calls: 0, deadline: performance.now() + longestWaitMs, oneOff: true });

const scopes = new AsyncLocalStorage<CallScope>();

/** Runs `work` so that the calls in it are counted in `scope` and obey it. */
export function inCallScope<T>(scope: CallScope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

export const currentScope = (): CallScope => scopes.getStore() ?? { urgent: false, calls: 0 };
