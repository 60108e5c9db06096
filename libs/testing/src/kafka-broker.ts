import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

/** Further listeners, settings and users of a broker; see `tools/kafka/broker-config.mjs`. */
export interface BrokerSecurity {
  readonly listeners: Readonly<Record<string, { readonly port: number; readonly protocol: 'SSL' | 'SASL_SSL' | 'SASL_PLAINTEXT' }>>;
  readonly settings: Readonly<Record<string, string>>;
  /** Passwords by name, known by SCRAM-SHA-512. */
  readonly users?: Readonly<Record<string, string>>;
}

/** A broker of the test's own, which the test may kill; it ends with the test's process in any case. */
export async function startKafkaBroker(security?: BrokerSecurity): Promise<KafkaBroker> {
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-kafka-'));
  const port = await freePort();
  const environment = await environmentOf(folder, port, security);
  let running = await launch(environment);
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
      running = await launch(environment);
    },
    stop: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function environmentOf(folder: string, port: number, security?: BrokerSecurity): Promise<NodeJS.ProcessEnv> {
  const places = { KAFKA_FOLDER: folder, KAFKA_PORT: String(port) };
  if (security === undefined) return places;
  const file = join(folder, 'security.json');
  await writeFile(file, JSON.stringify(security));
  return { ...places, KAFKA_SECURITY: file };
}

/** `main.mjs` names the broker's process in its first line, and ends when the broker does. */
function launch(environment: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(process.execPath, [main, '--with-parent'], {
    env: { ...process.env, ...environment },
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

/** A loopback port that nobody listens at just now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
