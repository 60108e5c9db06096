import type { Client } from 'pg';
import { BackupRefused } from '../backup-refused';
import { knownSchemas } from '../known-schemas';

/** What is loaded stands beside what is there until it takes its place. */
export const stagingOf = (schema: string): string => `${schema}_restoring`;

/** @throws BackupRefused while a service has connections: it would write on into what is taken from under it */
export async function refuseRunning(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = ANY($1) ORDER BY 1`,
    [knownSchemas.map(({ schema }) => `kontaktor ${schema}`)],
  );
  if (rows.length === 0) return;
  const running = rows.map(({ name }) => name.replace('kontaktor ', '')).join(', ');
  throw new BackupRefused(`Kontaktor is running on this database (${running}). End it first.`);
}

/** @throws BackupRefused where the schema is there already */
export async function refuseOccupied(client: Client, schema: string): Promise<void> {
  const { rows } = await client.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rows.length > 0)
    throw new BackupRefused(
      `The database has a Kontaktor already (schema ${schema}). Restore into an empty one, or say --replace to lose what stands there.`,
    );
}

/** What was loaded takes the place of what is there, all at once. */
export async function swapIn(client: Client, schemas: readonly string[]): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const schema of schemas) {
      await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
      await client.query(`ALTER SCHEMA "${stagingOf(schema)}" RENAME TO "${schema}"`);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
