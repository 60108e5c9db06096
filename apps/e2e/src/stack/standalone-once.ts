import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@kontaktor/testing';
import { z } from 'zod';
import { spawnStandalone, type StandaloneProcess } from './standalone-process';

const number = z.number();
const summary = z.strictObject({
  ...{ read: number, eligible: number, excluded: number, removed: number, created: number, updated: number },
  ...{ unchanged: number, failed: number, providerCalls: number, seconds: number },
});
/** A sandbox with few people, and a Postgres of its own. */
export const withSandbox = { KONTAKTOR_SANDBOX_CONTACTS: '200', DATABASE_URL: '' };

/** Others may enter it: as root, Postgres runs as a user of its own. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-start-'));
  await chmod(folder, 0o755);
  return folder;
}

/** `npm start -- --once` there: its last line. @throws when it does not end with code 0 */
export async function runOnce(folder: string): Promise<z.infer<typeof summary>> {
  const standalone = spawnStandalone(folder, withSandbox, ['--once']);
  const code = await standalone.ended;
  if (code !== 0) throw new Error(`it ended with ${code}:\n${standalone.output()}`);
  return summary.parse(JSON.parse(standalone.output().trimEnd().split('\n').at(-1) ?? ''));
}

/** The first group of what it tells, or all of it. */
export function untilTold(standalone: StandaloneProcess, what: RegExp): Promise<string> {
  return eventually(() => {
    const found = what.exec(standalone.output());
    if (found === null) throw new Error(`not told yet: ${what.source}\n${standalone.output()}`);
    return found[1] ?? found[0];
  });
}
