import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there, but another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** Whether `pid` is a Postgres of this data folder, and not some other program that got the number meanwhile. */
async function isPostgresOf(pid: number, databaseDir: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return commandLine === undefined ? true : commandLine.includes(databaseDir);
}

/**
 * Stops the server that a killed run left on `databaseDir`: asks for a fast shutdown (SIGINT), then, after 20 s, for an immediate one.
 * Without a `postmaster.pid` there is none.
 */
export async function stopOrphan(databaseDir: string): Promise<void> {
  const file = join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid) || !(await isPostgresOf(pid, databaseDir))) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 25_000;
  for (let asked = false; isAlive(pid); await wait(100)) {
    if (Date.now() > deadline)
      throw new Error(`A Postgres server (process ${pid}) still runs on ${databaseDir} and does not stop; end it and start again.`);
    if (!asked && Date.now() > deadline - 5000) asked = process.kill(pid, 'SIGQUIT');
  }
}
