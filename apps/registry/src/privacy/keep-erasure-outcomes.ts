import type { ContactSynced, ErasureReported, EventOf } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { notes, type Note } from './notes';

/** What became of the erasures at tools, onto their receipts. */
export async function keepErasureOutcomes(tx: Tx, events: readonly EventOf<ContactSynced>[]): Promise<void> {
  for (const { workspaceId, occurredAt, data } of events) {
    const { state, note } = lineOf(data);
    await tx.query(
      `UPDATE erasure_places p SET state = $3, note = $4, done_at = CASE WHEN $3 = 'pending' THEN NULL ELSE $5::timestamptz END
       FROM erasures e WHERE e.erasure_id = p.erasure_id AND e.workspace_id = $1 AND p.item = $2 AND p.state = 'pending'`,
      [workspaceId, data.remotePersonId, state, JSON.stringify(note), occurredAt],
    );
  }
}

function lineOf({ outcome, failure, remains }: ContactSynced): { readonly state: 'pending' | 'done' | 'by-hand'; readonly note: Note } {
  const isDone = outcome === 'done' || outcome === 'unchanged';
  if (isDone) return remains === undefined ? { state: 'done', note: notes.erased } : { state: 'by-hand', note: remains };
  const why = failure?.message ?? outcome;
  const isFinal = outcome !== 'suspended' && failure?.retryAt === undefined;
  return isFinal ? { state: 'by-hand', note: notes.failed(why) } : { state: 'pending', note: notes.waits(why) };
}

/** What a service erased from its own tables. */
export async function keepErasureReports(tx: Tx, events: readonly EventOf<ErasureReported>[]): Promise<void> {
  for (const { data } of events)
    await tx.query(
      `UPDATE erasure_places SET state = 'done', removed = $3, done_at = $4 WHERE erasure_id::text = $1 AND place = $2 AND state = 'pending'`,
      [data.erasureId, `service/${data.service}`, JSON.stringify(data.removed), data.at],
    );
}
