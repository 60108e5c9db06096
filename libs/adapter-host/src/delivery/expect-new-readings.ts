import type { Tx } from '@kontaktor/persistence';
import type { Batch } from './batch';
import { remoteIdOf, type WorkRow } from './work-row';

/**
 * What was written to known people is no news, but the next reading that surely shows it is published whatever it is. People created by us were
 * never seen: their first reading is published anyway, and the next read begins when it surely shows them.
 */
export async function expectNewReadings(tx: Tx, { connection }: Batch, rows: readonly WorkRow[], from: Date): Promise<void> {
  if (rows.some(({ body }) => body.kind === 'state' && body.want.create)) await settleAt(tx, connection, from);
  const ids = rows.flatMap(({ body }) => (body.kind === 'state' && !body.want.create ? [remoteIdOf(body)] : []));
  if (ids.length === 0) return;
  await tx.query(`UPDATE seen SET hash = '', not_before = $4 WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3)`, [
    ...[connection.workspace_id, connection.connection_id, ids, from],
  ]);
}

async function settleAt(tx: Tx, { workspace_id, connection_id }: Batch['connection'], from: Date): Promise<void> {
  await tx.query('UPDATE connections SET settled_at = greatest(settled_at, $3) WHERE workspace_id = $1 AND connection_id = $2', [
    workspace_id,
    connection_id,
    from,
  ]);
}
