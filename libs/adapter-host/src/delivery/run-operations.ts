import { classify, itemRejected, type AdapterError, type PushItem, type PushOperations } from '@kontaktor/adapter-kit';
import type { ProviderContext } from '../connections/connections';
import { inParts } from './in-parts';
import type { StateRow } from './work-row';

type Operations = PushOperations<{ readonly baseUrl: string }>;

/** An item on its way through its operations. */
export interface Going {
  readonly row: StateRow;
  readonly item: PushItem;
  /** In the order in which they bring the item about. */
  readonly operations: readonly string[];
  readonly stamps: Record<string, string>;
  error?: AdapterError;
}

/** Each item's operations in their order, items side by side in batches of the provider's size. What failed gets no further operation. */
export async function runOperations(context: ProviderContext, push: Operations, going: readonly Going[]): Promise<void> {
  const steps = Math.max(0, ...going.map(({ operations }) => operations.length));
  for (let step = 0; step < steps; step += 1) {
    const byName = new Map<string, Going[]>();
    for (const one of going) {
      const name = one.operations[step];
      if (name === undefined || one.error !== undefined) continue;
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [one]);
      else same.push(one);
    }
    for (const [name, items] of byName) await runOperation(context, push.operations[name], items);
  }
}

async function runOperation(context: ProviderContext, operation: Operations['operations'][string] | undefined, going: readonly Going[]) {
  const allowed: Going[] = [];
  for (const one of going) {
    if (operation === undefined) one.error = itemRejected('the adapter names an operation that it does not have');
    else if (operation.subscribes && one.item.ticket === undefined)
      one.error = itemRejected('the gate gave no ticket to subscribe this person');
    else allowed.push(one);
  }
  if (operation === undefined) return;
  const batches: Going[][] = [];
  for (let start = 0; start < allowed.length; start += operation.batchSize) batches.push(allowed.slice(start, start + operation.batchSize));
  // The rate budget keeps them to the calls side by side that the provider allows.
  await Promise.all(batches.map((batch) => runBatch(context, operation, batch)));
}

async function runBatch(context: ProviderContext, operation: Operations['operations'][string], batch: readonly Going[]): Promise<void> {
  const answers = await inParts(
    batch.map(({ item }) => item),
    (items) => operation.run(context, items),
  );
  batch.forEach((one, index) => {
    const answer = answers[index] ?? { ok: false, error: itemRejected('the adapter answered nothing for this item') };
    if (answer.ok) Object.assign(one.stamps, answer.stamps);
    else one.error = classify(answer.error);
  });
}
