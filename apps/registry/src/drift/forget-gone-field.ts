import type { Tx } from '@kontaktor/persistence';

/**
 * A field that is gone at a destination took its values along: what stood there, and what was agreed, says nothing any more. When it is back,
 * values are written again; those that came back with it are read first.
 */
export async function forgetGoneField(tx: Tx, workspaceId: string, connectionId: string, field: string): Promise<void> {
  await tx.query(
    `UPDATE remote_persons SET ledger = (ledger::jsonb - ('field:' || $3))::json,
       there = jsonb_set(there::jsonb #- ARRAY['fields', $3], '{covers}', coalesce(there::jsonb -> 'covers', '[]') - $3)::json
     WHERE workspace_id = $1 AND connection_id = $2 AND (ledger::jsonb ? ('field:' || $3) OR there::jsonb -> 'covers' ? $3)`,
    [workspaceId, connectionId, field],
  );
}
