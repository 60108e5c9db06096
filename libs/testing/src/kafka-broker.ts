import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface KafkaBroker {
  readonly brokers: readonly string[];
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const main = resolve(__dirname, '../../../tools/kafka/main.mjs');

/** A broker of the test's own, which the test may kill; it ends with the test's process in any case. */
export async function startKafkaBroker(): Promise<KafkaBroker> {
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-kafka-'));
  const port = await freePort();
  let running = await launch(folder, port);
  const end = async (): Promise<void> => {
    if (running.child.exitCode !== null) return;
    const gone = new Promise((done) => running.child.once('exit', done));
    process.kill(running.pid, 'SIGKILL');
    await gone;
  };
  return {
    brokers: [`127.0.0.1:${port}`],
    kill: end,
    restart: async () => {
      await end();
      running = await launch(folder, port);
    },
    stop: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `main.mjs` names the broker's process in its first line, and ends when the broker does. */
function launch(folder: string, port: number): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(process.execPath, [main, '--with-parent'], {
    env: { ...process.env, KAFKA_FOLDER: folder, KAFKA_PORT: String(port) },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new Promise((done, fail) => {
    let output = '';
    const onData = (data: Buffer): void => {
      output += data.toString();
      const pid = /process (\d+);/.exec(output)?.[1];
      if (pid !== undefined) done({ child, pid: Number(pid) });
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', () => fail(new Error(`Kafka of the test did not start: ${output}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
