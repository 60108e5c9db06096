import type { Tx } from '@kontaktor/persistence';

/**
 * Since the backup people may have opted out and others may have been written to; nothing here knows of it. So all writes stop until somebody has
 * looked, runs on their way have failed, and another epoch makes the adapters publish everything anew with the next full read.
 */
export async function afterRestore(tx: Tx): Promise<void> {
  // Greater than any epoch that was ever handed out, also by an earlier restore of the same backup.
  await tx.query('UPDATE registry_state SET epoch = greatest(epoch + 1, (extract(epoch FROM now()) / 60)::int)');
  await tx.query(
    `INSERT INTO workspace_stops (workspace_id, stopped_by) SELECT DISTINCT workspace_id, 'restored from a backup' FROM connections ON CONFLICT DO NOTHING`,
  );
  await tx.query(
    `UPDATE runs SET state = 'failed', finished_at = now(), problem = 'what it had done is not known: a backup was restored. Run it again.'
     WHERE finished_at IS NULL`,
  );
}
