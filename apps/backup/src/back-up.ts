import type { Client } from 'pg';
import { archiveFormat, type ArchiveEnd } from './archive/manifest';
import { writeArchive, type TableBytes } from './archive/write-archive';
import { BackupRefused } from './backup-refused';
import { copyOut } from './database/copy-rows';
import { withDatabases } from './database/open-databases';
import { migrationsOf, tablesOf, type TableOf } from './database/tables-of';
import { knownSchemas } from './known-schemas';

interface FoundSchema {
  readonly client: Client;
  readonly schema: string;
  readonly migrations: readonly string[];
  readonly tables: readonly TableOf[];
}

/**
 * Writes all that the services keep into one archive, while they run: each database as it stands at one moment. `urls`: one database, or one
 * a service. Answers how many rows each table has.
 * @throws BackupRefused when a service's schema is in none of them, or in two
 */
export function backUp(urls: readonly string[], file: string): Promise<ArchiveEnd> {
  return withDatabases(urls, async (clients) => {
    for (const client of clients) await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const found = (await Promise.all(clients.map(schemasIn))).flat();
    refuseGaps(found.map(({ schema }) => schema));
    const head = {
      ...({ format: archiveFormat, createdAt: new Date().toISOString() } as const),
      schemas: found.map(({ schema, migrations }) => ({ schema, migrations: [...migrations] })),
    };
    return writeArchive(file, head, everyTable(found));
  });
}

async function schemasIn(client: Client): Promise<FoundSchema[]> {
  const found: FoundSchema[] = [];
  for (const { schema } of knownSchemas) {
    const tables = await tablesOf(client, schema);
    if (tables.length > 0) found.push({ client, schema, tables, migrations: await migrationsOf(client, schema) });
  }
  return found;
}

function refuseGaps(found: readonly string[]): void {
  const missing = knownSchemas.filter(({ schema, group }) => group !== undefined && !found.includes(schema)).map(({ schema }) => schema);
  if (missing.length > 0)
    throw new BackupRefused(
      `These services have no schema in the databases that were named: ${missing.join(', ')}. Name the database of each.`,
    );
  const twice = found.filter((schema, at) => found.indexOf(schema) !== at);
  if (twice.length > 0) throw new BackupRefused(`Several of the databases have a schema ${twice.join(', ')}: which one is in use?`);
}

async function* everyTable(found: readonly FoundSchema[]): AsyncGenerator<TableBytes> {
  for (const { client, tables } of found) for (const table of tables) yield copyOut(client, table);
}
