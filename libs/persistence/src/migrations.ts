import { createHash } from 'node:crypto';
import type { Database } from './database';

/** Frozen SQL: once released it is never edited; a later change is another migration (expand, then contract). */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/** Brings the database's schema up to date under an advisory lock, so that replicas starting together do not race. */
export async function runMigrations(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  return database.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`migrations ${database.schema}`]);
    await tx.query(`CREATE SCHEMA IF NOT EXISTS ${database.schema}`);
    await tx.query(
      'CREATE TABLE IF NOT EXISTS schema_migrations (id text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const rows = await tx.query<{ id: string; checksum: string }>('SELECT id, checksum FROM schema_migrations');
    const applied = new Map(rows.map(({ id, checksum }) => [id, checksum]));
    const done: string[] = [];
    for (const { id, sql } of migrations) {
      const checksum = createHash('sha256').update(sql).digest('hex');
      const before = applied.get(id);
      if (before === checksum) continue;
      if (before !== undefined)
        throw new Error(`Migration ${id} of schema ${database.schema} was edited after it ran; add another migration instead.`);
      await tx.query(sql);
      await tx.query('INSERT INTO schema_migrations (id, checksum) VALUES ($1, $2)', [id, checksum]);
      done.push(id);
    }
    return done;
  });
}
