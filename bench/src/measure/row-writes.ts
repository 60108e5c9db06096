import { Database } from '@kontaktor/persistence';

export type TableWrites = ReadonlyMap<string, number>;

/** Rows inserted, updated and deleted so far, by schema and table. Postgres counts them up to a second late. */
export async function tableWrites(databaseUrl: string): Promise<TableWrites> {
  const database = new Database({ url: databaseUrl, schema: 'pg_catalog', poolSize: 1 });
  try {
    const rows = await database.query<{ name: string; writes: number }>(
      `SELECT schemaname || '.' || relname AS name, n_tup_ins + n_tup_upd + n_tup_del AS writes FROM pg_stat_user_tables`,
    );
    return new Map(rows.map(({ name, writes }) => [name, writes]));
  } finally {
    await database.close();
  }
}

const worthTelling = 0.005;

/** Rows written a contact between two moments, the most written tables first. */
export function rowWritesPerContact(before: TableWrites, after: TableWrites, contacts: number): Record<string, number> {
  const counts = [...after].map(([table, writes]) => [table, (writes - (before.get(table) ?? 0)) / contacts] as const);
  return Object.fromEntries(counts.filter(([, count]) => count >= worthTelling).sort(([, a], [, b]) => b - a));
}
