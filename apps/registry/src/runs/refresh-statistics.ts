import type { Tx } from '@kontaktor/persistence';

const tables = ['records', 'memberships', 'remote_persons', 'addresses', 'contacts'];

/**
 * Has the planner look at the tables that have doubled since it last did. A first read fills empty tables faster than autovacuum looks at them:
 * planned without statistics, what follows takes minutes. A run that changes little need not wait for it.
 */
export async function refreshStatistics(tx: Tx): Promise<void> {
  const grown = await tx.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = ANY($1)
       AND pg_relation_size(oid) > greatest(2 * relpages, 8) * current_setting('block_size')::bigint ORDER BY relname`,
    [tables],
  );
  if (grown.length > 0) await tx.query(`ANALYZE ${grown.map(({ name }) => name).join(', ')}`);
}
