import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the provider calls that one piece of work makes. */
export interface CallScope {
  /** May use the tenth of the budget that is kept for opt-outs and erasure. */
  readonly urgent: boolean;
  /** `performance.now()` after which no call may begin: the lease or the gate's tickets end. */
  readonly deadline?: number;
  /** Calls made so far. */
  calls: number;
}

const scopes = new AsyncLocalStorage<CallScope>();

/** Runs `work` so that the calls in it are counted in `scope` and obey it. */
export function inCallScope<T>(scope: CallScope, work: () => Promise<T>): Promise<T> {
  return scopes.run(scope, work);
}

export const currentScope = (): CallScope => scopes.getStore() ?? { urgent: false, calls: 0 };
