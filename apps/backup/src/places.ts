import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '@kontaktor/persistence';
import { BackupRefused } from './backup-refused';
import { knownSchemas } from './known-schemas';

/** Where the data are: databases by URL, or the folder of a standalone with its own Postgres. */
export interface Place {
  readonly urlOf: (schema: string) => string;
  /** Ends what was started for the work. */
  close(): Promise<void>;
}

/**
 * `url` for all schemas, `registry=url` for one.
 * @throws BackupRefused when a schema has no database, or is unknown
 */
export function databasePlace(databases: readonly string[]): Place {
  const named = databases.map((text): [string, string] => {
    const [, schema = '', url = ''] = /^([a-z_]+)=(.+)$/.exec(text) ?? ['', '', text];
    return [schema, url];
  });
  const urls = new Map(named);
  const known = knownSchemas.map(({ schema }) => schema);
  const unknown = [...urls.keys()].filter((schema) => schema !== '' && !known.includes(schema));
  if (unknown.length > 0) throw new BackupRefused(`There is no schema ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  const urlOf = (schema: string): string => {
    const url = urls.get(schema) ?? urls.get('');
    if (url === undefined) throw new BackupRefused(`No database was named for ${schema}: --database ${schema}=postgres://…`);
    return url;
  };
  return { urlOf, close: () => Promise.resolve() };
}

/** The Postgres in a standalone's folder: the one that runs, or one started for the work. */
export async function folderPlace(folder: string): Promise<Place> {
  const running = await runningIn(folder);
  if (running !== undefined) return { urlOf: () => running, close: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres(folder);
  return { urlOf: () => postgres.url, close: () => postgres.stop() };
}

/** Whether a folder holds a standalone's database. */
export const holdsDatabase = (folder: string): boolean => existsSync(join(folder, 'postgres', 'PG_VERSION'));

/** The server's own file says who it is: process, folder, start, port. */
async function runningIn(folder: string): Promise<string | undefined> {
  const file = join(folder, 'postgres', 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = (await readFile(file, 'utf8')).split('\n');
  if (!isAlive(Number(pid))) return undefined;
  const password = (await readFile(resolve(folder, 'postgres-password'), 'utf8')).trim();
  return `postgres://kontaktor:${password}@127.0.0.1:${port ?? ''}/postgres`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: the file was left by a server that was killed. EPERM cannot be: it is ours.
    return false;
  }
}
