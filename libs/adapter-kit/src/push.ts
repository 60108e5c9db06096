import type { GateTicket, Write } from '@kontaktor/domain';
import type { AdapterContext, ItemAnswer } from './adapter-definition';

/** One remote person to bring to the wanted state. */
export interface PushItem {
  readonly remoteId: string | null;
  readonly want: Write;
  /** What is known to stand there: statuses by place, and tags. */
  readonly there: { readonly known: boolean; readonly tags: readonly string[]; readonly places: Readonly<Record<string, string>> };
  /** Proof that the gate is open; without one nothing may be subscribed. */
  readonly ticket: GateTicket | undefined;
}

export interface PushOperation<Settings> {
  /** Items of one call. */
  readonly batchSize: number;
  /** Whether it may subscribe someone: then it is only given items with a ticket. */
  readonly subscribes: boolean;
  /** Whether a lost answer may hide an effect that repeating would double. */
  readonly repeatable: boolean;
  run(context: AdapterContext<Settings>, items: readonly PushItem[]): Promise<readonly ItemAnswer[]>;
}

/** How a provider is written to: named operations, and which of them, in order, bring an item about. */
export interface PushOperations<Settings> {
  readonly operations: Readonly<Record<string, PushOperation<Settings>>>;
  operationsFor(item: PushItem): readonly string[];
}
