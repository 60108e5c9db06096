import { classify, itemRejected, type ItemAnswer } from '@kontaktor/adapter-kit';
import type { ProviderContext } from '../connections/connections';
import type { Host } from '../host';
import type { Batch } from './batch';
import type { Delivered } from './delivered';
import { waitMs } from './deliver-states';
import { inParts } from './in-parts';
import { lastLook } from './last-look';
import { toActivity, toMark, type WorkRow } from './work-row';

/** Puts marks or diary entries, unless writes are stopped: one call a batch, both may be repeated. */
export async function deliverEntries(
  host: Host,
  context: ProviderContext,
  { rows, kind, connection }: Batch,
): Promise<readonly Delivered[]> {
  const verdicts = await lastLook(host, connection.workspace_id, rows);
  const waiting = rows.filter((_, index) => verdicts[index]?.verdict === 'wait');
  const going = rows.filter((row) => !waiting.includes(row));
  return [
    ...waiting.map((row): Delivered => ({ row, result: 'postponed', afterMs: waitMs })),
    ...(going.length === 0 ? [] : await putAll(host, context, going, kind)),
  ];
}

async function putAll(host: Host, context: ProviderContext, rows: readonly WorkRow[], kind: Batch['kind']): Promise<readonly Delivered[]> {
  const answers = await inParts(rows, (some) => put(host, context, some, kind));
  return rows.map((row, index) => {
    const answer = answers[index] ?? { ok: false, error: itemRejected('the adapter answered nothing for this entry') };
    return answer.ok ? { row, result: 'done', stamps: {} } : { row, result: 'failed', error: classify(answer.error), stamps: {} };
  });
}

async function put(host: Host, context: ProviderContext, rows: readonly WorkRow[], kind: string): Promise<readonly ItemAnswer[]> {
  const { marks, diary, title } = host.adapter;
  if (kind === 'mark' && marks !== undefined) {
    return marks.put(
      context,
      rows.flatMap(({ body }) => (body.kind === 'mark' ? [toMark(body)] : [])),
    );
  }
  if (kind === 'activity' && diary !== undefined) {
    return diary.append(
      context,
      rows.flatMap(({ body }) => (body.kind === 'activity' ? [toActivity(body)] : [])),
    );
  }
  throw itemRejected(`${title} takes no ${kind === 'mark' ? 'marks' : 'diary entries'}`);
}
