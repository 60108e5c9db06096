import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

interface Claim {
  readonly pid: number;
  /** When the process began, in the system's own count, where it tells: a number that another process got later is not taken for ours. */
  readonly began: string;
}

/** @throws when another live process has the folder. Answers a function that gives it up. */
export async function claimFolder(folder: string): Promise<() => void> {
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new Error(`The folder ${folder} cannot be made (${error.message}); name another in KONTAKTOR_FOLDER.`);
  });
  const file = join(folder, 'running.json');
  const holder = readClaim(file);
  if (holder !== undefined && holder.pid !== process.pid && isAlive(holder))
    throw new Error(
      `Kontaktor is running on ${folder} already (process ${holder.pid}). End that one first, or name another folder in KONTAKTOR_FOLDER.`,
    );
  writeFileSync(file, JSON.stringify({ pid: process.pid, began: beginOf(process.pid) }));
  return () => {
    if (readClaim(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

function readClaim(file: string): Claim | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const claim: Claim = JSON.parse(readFileSync(file, 'utf8'));
    return claim;
  } catch {
    // Cut off by a kill while it was written: nobody's.
    return undefined;
  }
}

function isAlive({ pid, began }: Claim): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there, but another user's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return beginOf(pid) === began;
}

/** Field 22 of /proc/<pid>/stat; blank where there is no /proc. */
function beginOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    // Another system, or gone this moment.
    return '';
  }
}
