import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { freePorts } from './free-ports';

export interface LocalBroker {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

/** A broker of `tools/kafka`, with its data in `folder`; it ends with this process. @throws Error with what it said when it does not start */
export async function startLocalBroker(workspaceRoot: string, folder: string): Promise<LocalBroker> {
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, [resolve(workspaceRoot, 'tools/kafka/main.mjs'), '--with-parent'], {
    env: { ...process.env, KAFKA_FOLDER: folder, KAFKA_PORT: String(port) },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  await new Promise<void>((done, fail) => {
    let said = '';
    const onData = (data: Buffer): void => {
      said += data.toString();
      if (said.includes('Kafka listens at')) done();
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', () => fail(new Error(said.trim())));
  });
  return {
    brokers: [`127.0.0.1:${port}`],
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
