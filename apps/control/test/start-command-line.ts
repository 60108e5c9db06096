import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { adminToken, startControl, type StartedControl } from './start-control';

const root = join(__dirname, '../../..');
const parts = ['apps/kontaktor', 'libs/contracts', 'libs/api-client', 'libs/config'];
export const rightSecrets = { ONECLICK_TOKEN: 'right-oneclick-token', ECOMAIL_KEY: 'right-ecomail-key' };

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface StartedCommandLine {
  readonly control: StartedControl;
  /** The command line as a process of its own, as users call it, in a folder of its own. */
  kontaktor(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>;
  /** Writes `kontaktor.yaml`. Answers its path. */
  saved(text: string): Promise<string>;
}

/** The example that the product comes with. */
export const example = join(root, 'examples/1click-ecomail.yaml');

/** A started control, and the built command line in front of it. */
export async function startCommandLine(): Promise<StartedCommandLine> {
  await promisify(execFile)(process.execPath, ['tools/build.mjs', ...parts], { cwd: root });
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-'));
  const control = await startControl();
  const usual = { PATH: process.env['PATH'], KONTAKTOR_URL: control.service.url, KONTAKTOR_TOKEN: adminToken, ...rightSecrets };
  const main = join(root, 'dist/apps/kontaktor/src/main.js');
  const file = join(folder, 'kontaktor.yaml');
  return {
    control,
    kontaktor: (args, env = {}) =>
      new Promise((resolve) => {
        execFile(process.execPath, [main, ...args], { cwd: folder, env: { ...usual, ...env } }, (error, out, err) => {
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
        });
      }),
    saved: async (text) => {
      await writeFile(file, text);
      return file;
    },
  };
}
