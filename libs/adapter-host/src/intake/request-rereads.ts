import { activeTraceparent } from '@kontaktor/observability';
import { insertRows, type Tx } from '@kontaktor/persistence';

export interface Reread {
  /** What `pull.get` takes. */
  readonly target: string;
  readonly dueAt: Date;
}

const columns = { workspace_id: 'text', connection_id: 'text', target: 'text', due_at: 'timestamptz', traceparent: 'text' };

/** Wishes to look at single records again; several for one record are one look, at the earliest of their times. */
export async function requestRereads(
  tx: Tx,
  place: { readonly workspaceId: string; readonly connectionId: string },
  rereads: readonly Reread[],
): Promise<void> {
  const traceparent = activeTraceparent() ?? null;
  const earliest = new Map<string, Reread>();
  for (const one of rereads) {
    const known = earliest.get(one.target);
    if (known === undefined || one.dueAt < known.dueAt) earliest.set(one.target, one);
  }
  const rows = [...earliest.values()]
    .map(({ target, dueAt }) => ({
      workspace_id: place.workspaceId,
      connection_id: place.connectionId,
      target,
      due_at: dueAt,
      traceparent,
    }))
    .sort((a, b) => (a.target < b.target ? -1 : 1));
  await insertRows(tx, 'rereads AS r', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, connection_id, target) DO UPDATE SET
      wish = r.wish + 1, traceparent = coalesce(excluded.traceparent, r.traceparent), due_at = CASE WHEN r.claimed_by IS NULL THEN least(r.due_at, excluded.due_at) ELSE r.due_at END`,
  });
}
