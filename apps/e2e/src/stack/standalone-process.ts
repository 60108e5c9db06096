import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { builtApps } from './workspace-root';

export interface StandaloneProcess {
  readonly child: ChildProcess;
  /** All it wrote so far. */
  output(): string;
  /** Resolves with its exit code when it has ended; with the signal when that ended it. */
  readonly ended: Promise<number | string>;
}

/** The built standalone as `npm start` runs it, in a folder and a process group of its own. */
export function spawnStandalone(folder: string, environment: NodeJS.ProcessEnv, args: readonly string[] = []): StandaloneProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', join(builtApps, 'standalone', 'src', 'main.js'), ...args], {
    cwd: folder,
    env: { ...process.env, ...anyPorts, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? String(signal))));
  return { child, ended, output: () => output };
}

const anyPorts = { KONTAKTOR_PORT: '0', KONTAKTOR_WEBHOOK_PORT: '0', ONECLICK_PORT: '0', ECOMAIL_PORT: '0' };
