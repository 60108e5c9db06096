import { itemRejected } from '@kontaktor/adapter-kit';
import type { ProviderContext } from '../connections/connections';
import type { Host } from '../host';
import type { Batch } from './batch';
import type { Delivered } from './delivered';
import { lastLook, type Verdict } from './last-look';
import { readFirst } from './read-first';
import { runOperations, type Going } from './run-operations';
import { toPushItem, type StateRow, type WorkRow } from './work-row';

/** How long items wait for a registry that does not answer, or for writes to go on. */
export const waitMs = 5000;

const isState = (row: WorkRow): row is StateRow => row.body.kind === 'state';

/** Brings remote persons to their wanted states: last look, then each item's operations. */
export async function deliverStates(host: Host, context: ProviderContext, batch: Batch): Promise<readonly Delivered[]> {
  const { push, title } = host.adapter;
  const rows = batch.rows.filter(isState);
  if (push === undefined)
    return rows.map((row) => ({ row, result: 'failed', error: itemRejected(`${title} is no destination`), stamps: {} }));
  const verdicts = await lastLook(host, batch.connection.workspace_id, rows);
  const delivered: Delivered[] = [];
  const going: Going[] = [];
  rows.forEach((row, index) => {
    const verdict: Verdict = verdicts[index] ?? { verdict: 'wait' };
    if (verdict.verdict === 'wait') delivered.push({ row, result: 'postponed', afterMs: waitMs });
    else if (verdict.verdict === 'go') {
      const item = toPushItem(row.body, verdict.ticket);
      going.push({ row, item, operations: push.operationsFor(item), stamps: { ...row.stamps } });
    } else delivered.push({ row, result: verdict.verdict === 'stop' ? 'stopped' : 'superseded', reason: verdict.reason });
  });
  await readFirst(host, context, batch, going);
  await runOperations(context, push, going);
  return [...delivered, ...going.map(toDelivered)];
}

function toDelivered({ row, operations, stamps, error }: Going): Delivered {
  if (error !== undefined) return { row, result: 'failed', error, stamps };
  return { row, result: operations.length === 0 ? 'unchanged' : 'done', stamps };
}
