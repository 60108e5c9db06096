import {
  AdapterError,
  classify,
  itemRejected,
  type AdapterContext,
  type ItemAnswer,
  type PushItem,
  type PushOperation,
} from '@kontaktor/adapter-kit';
import type { StateWriteRequested } from '@kontaktor/contracts';
import type { Host } from '../host';
import { lastLook } from './last-look';
import type { WorkRow } from './work-row';
import { toPushItem } from './work-row';

/** What became of one row: answered by the provider, or stopped by the last look. */
export type Delivered =
  | { readonly row: WorkRow; readonly result: 'done' | 'unchanged'; readonly stamps: Readonly<Record<string, string>> }
  | { readonly row: WorkRow; readonly result: 'stopped' | 'superseded'; readonly reason: string }
  | { readonly row: WorkRow; readonly result: 'failed'; readonly error: AdapterError };

type Context = AdapterContext<{ readonly baseUrl: string }>;
interface Going {
  readonly row: WorkRow;
  readonly item: PushItem;
  readonly operations: readonly string[];
  readonly stamps: Record<string, string>;
  error?: AdapterError;
}

/** Brings remote persons to their wanted states: last look, then operation by operation, each in batches of the provider's size. */
export async function deliverStates(host: Host, context: Context, rows: readonly WorkRow[]): Promise<readonly Delivered[]> {
  const push = host.adapter.push;
  if (push === undefined)
    return rows.map((row) => ({ row, result: 'failed', error: itemRejected(`${host.adapter.title} is no destination`) }));
  const verdicts = await lastLook(host, rows);
  const delivered: Delivered[] = [];
  const going: Going[] = [];
  for (const [index, row] of rows.entries()) {
    const verdict = verdicts[index] ?? { verdict: 'stop', reason: 'the registry said nothing about it' };
    if (verdict.verdict !== 'go') {
      delivered.push({ row, result: verdict.verdict === 'stop' ? 'stopped' : 'superseded', reason: verdict.reason });
      continue;
    }
    const item = toPushItem(row.body as StateWriteRequested, verdict.ticket);
    going.push({ row, item, operations: push.operationsFor(item), stamps: {} });
  }
  for (const [name, operation] of Object.entries(push.operations)) {
    await runOperation(
      context,
      operation,
      going.filter(({ operations, error }) => operations.includes(name) && error === undefined),
    );
  }
  return [...delivered, ...going.map(toDelivered)];
}

function toDelivered({ row, operations, stamps, error }: Going): Delivered {
  if (error !== undefined) return { row, result: 'failed', error };
  return { row, result: operations.length === 0 ? 'unchanged' : 'done', stamps };
}

async function runOperation(
  context: Context,
  operation: PushOperation<{ readonly baseUrl: string }>,
  going: readonly Going[],
): Promise<void> {
  const allowed = operation.subscribes ? going.filter(({ item }) => item.ticket !== undefined) : going;
  for (const one of going) if (!allowed.includes(one)) one.error = itemRejected('the gate gave no ticket to subscribe this person');
  const batches = Array.from({ length: Math.ceil(allowed.length / operation.batchSize) }, (_, index) =>
    allowed.slice(index * operation.batchSize, (index + 1) * operation.batchSize),
  );
  // Single calls side by side: the HTTP client's pool keeps them to the provider's limit.
  if (operation.batchSize === 1) await Promise.all(batches.map((batch) => runBatch(context, operation, batch)));
  else for (const batch of batches) await runBatch(context, operation, batch);
}

async function runBatch(context: Context, operation: PushOperation<{ readonly baseUrl: string }>, batch: readonly Going[]): Promise<void> {
  let answers: readonly ItemAnswer[];
  try {
    answers = await operation.run(
      context,
      batch.map(({ item }) => item),
    );
  } catch (error) {
    answers = batch.map(() => ({ ok: false, error: classify(error) }));
  }
  batch.forEach((one, index) => {
    const answer = answers[index] ?? { ok: false, error: itemRejected('the adapter answered nothing for this item') };
    if (answer.ok) Object.assign(one.stamps, answer.stamps);
    else one.error = classify(answer.error);
  });
}
