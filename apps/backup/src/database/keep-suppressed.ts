import { personSuppressed } from '@kontaktor/contracts';
import type { Client } from 'pg';

/**
 * Who was erased after the backup must not come back with it: what the replaced log tells of them is appended to the restored one, as news. Where
 * the replaced data are lost, nobody knows of them but the receipts.
 */
export async function keepSuppressed(client: Client, replaced: string, restored: string): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [`"${replaced}".parcels`]);
  if (rows[0]?.there !== true) return;
  await client.query(
    `WITH news AS (
       SELECT old.*, row_number() OVER (PARTITION BY old.partition ORDER BY old.position) - 1 AS ahead FROM "${replaced}".parcels old
       WHERE old.topic = $1 AND NOT EXISTS (SELECT FROM "${restored}".parcels known WHERE known.id = old.id)),
     added AS (
       INSERT INTO "${restored}".parcels (topic, partition, position, id, keys, body, appended_at)
       SELECT n.topic, n.partition, p.next_position + n.ahead, n.id, n.keys, n.body, n.appended_at
       FROM news n JOIN "${restored}".partitions p USING (topic, partition) RETURNING partition)
     UPDATE "${restored}".partitions p SET next_position = p.next_position + more.count
     FROM (SELECT partition, count(*) FROM added GROUP BY partition) more WHERE p.topic = $1 AND p.partition = more.partition`,
    [personSuppressed.name],
  );
}
