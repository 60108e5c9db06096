import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@kontaktor/services';
import { workspaceRoot } from '../stack/workspace-root';

export interface KillablePostgres {
  readonly url: string;
  /** SIGKILL to the server and all its processes at once. */
  kill(): Promise<void>;
  /** Starts it on its data: it recovers what was committed. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
}

/** A Postgres of the test's own, with fsync on; it ends with the test's process in any case. */
export async function startKillablePostgres(): Promise<KillablePostgres> {
  const data = await mkdtemp(join(tmpdir(), 'kontaktor-crash-pg-'));
  const [port = 0] = await freePorts(1);
  let running = await launch(data, port);
  const kill = async (): Promise<void> => {
    const { child, pid } = running;
    if (child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    for (const one of [pid, ...(await childrenOf(pid))]) killOne(one);
    await gone;
  };
  return {
    url: `postgres://kontaktor:kontaktor@127.0.0.1:${port}/postgres`,
    kill,
    restart: async () => {
      running = await launch(data, port);
    },
    stop: async () => {
      await kill();
      await rm(data, { recursive: true, force: true });
    },
  };
}

function launch(data: string, port: number): Promise<Running> {
  const child = spawn(process.execPath, [join(workspaceRoot, 'tools/test-servers/durable-postgres.mjs'), data, String(port)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const onData = (chunk: Buffer): void => {
      output += chunk.toString();
      const pid = /process (\d+);/.exec(output)?.[1];
      if (pid !== undefined) resolve({ child, pid: Number(pid) });
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', () => reject(new Error(output)));
  });
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone already: a backend may end at any moment. Node's own errors are no instances of the Error that a test sees.
    if (!(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
