import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Brokers {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

/** The brokers of KAFKA_BROKERS, or one of our own, which ends with `stop`. */
export async function brokersFor(): Promise<Brokers> {
  const given = process.env['KAFKA_BROKERS'];
  if (given !== undefined) return { brokers: given.split(',').map((one) => one.trim()), stop: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-bench-kafka-'));
  const env = { ...process.env, KAFKA_FOLDER: folder, KAFKA_PORT: String(await freePort()) };
  const child = spawn(process.execPath, [resolve('tools/kafka/main.mjs'), '--with-parent'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const brokers = await new Promise<string>((found, fail) => {
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      const listed = /listens at (\S+)/.exec(output)?.[1];
      if (listed !== undefined) found(listed);
    });
    child.once('exit', () => fail(new Error(`Kafka of the bench did not start: ${output}`)));
  });
  return {
    brokers: [brokers],
    stop: async () => {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
