import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@kontaktor/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@kontaktor/testing';
import { Client } from 'pg';
import { tablesOf } from '../src/database/tables-of';
import { knownSchemas } from '../src/known-schemas';

/** A database with a Kontaktor in it, an empty one, and a folder for archives. */
export class TwoDatabases {
  private constructor(
    readonly full: TestDatabase,
    readonly empty: TestDatabase,
    readonly folder: string,
  ) {}

  static async create(): Promise<TwoDatabases> {
    const databases = new TwoDatabases(await createTestDatabase(), await createTestDatabase(), await mkdtemp(join(tmpdir(), 'backup-')));
    await migrateAll(databases.full.url);
    return databases;
  }

  async drop(): Promise<void> {
    await Promise.all([this.full.drop(), this.empty.drop(), rm(this.folder, { recursive: true })]);
  }

  file(name: string): string {
    return join(this.folder, name);
  }
}

export async function migrateAll(url: string): Promise<void> {
  for (const { schema, migrations } of knownSchemas) {
    const database = new Database({ url, schema, poolSize: 2, migrations });
    await database.migrate();
    await database.close();
  }
  await untilLeft(url);
}

/** Until the server knows of no service on the database any more: it forgets a connection a moment after it was closed. */
export async function untilLeft(url: string): Promise<void> {
  const services = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'kontaktor %'";
  await eventually(async () => expect(await sql(url, services)).toEqual([]));
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export const sql = <Row extends object>(url: string, text: string): Promise<Row[]> =>
  withClient(url, async (client) => (await client.query<Row>(text)).rows);

/** One line a table: its rows and a digest of all they hold. */
export function contentsOf(url: string): Promise<Record<string, string>> {
  return withClient(url, async (client) => {
    const contents: Record<string, string> = {};
    for (const { schema } of knownSchemas)
      for (const { name } of await tablesOf(client, schema)) {
        const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM "${schema}"."${name}" t ORDER BY 1`);
        const digest = createHash('sha256').update(rows.map(({ text }) => text).join('\n'));
        contents[`${schema}.${name}`] = `${rows.length} ${digest.digest('hex')}`;
      }
    return contents;
  });
}
