import type { Tx } from '@kontaktor/persistence';
import type { Batch } from './batch';
import { remoteIdOf, type WorkRow } from './work-row';

/**
 * What was written to known people is no news, but the next reading that surely shows it is published whatever it is. People created by us were
 * never seen: their first reading is published anyway.
 */
export async function expectNewReadings(tx: Tx, { connection }: Batch, rows: readonly WorkRow[], from: Date): Promise<void> {
  const ids = rows.flatMap(({ body }) => (body.kind === 'state' && !body.want.create ? [remoteIdOf(body)] : []));
  if (ids.length === 0) return;
  await tx.query(`UPDATE seen SET hash = '', not_before = $4 WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3)`, [
    ...[connection.workspace_id, connection.connection_id, ids, from],
  ]);
}
