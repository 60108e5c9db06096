import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ApiClient } from '@kontaktor/api-client';
import { createTopics } from '@kontaktor/messaging';
import { startEmbeddedPostgres } from '@kontaktor/persistence';
import { z } from 'zod';
import type { TransportKind } from '../arguments';
import { brokersFor } from './brokers';
import { Child } from '../processes/child';
import { postmasterOf } from '../processes/usage';

/** A hub to be measured, in processes of its own. */
export interface BenchHub {
  readonly api: ApiClient;
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  /** Its node processes, then Postgres. */
  readonly pids: { readonly node: readonly number[]; readonly postgres: number };
  stop(): Promise<void>;
}

export interface HubWishes {
  /** Seconds between two looks at a source for changes. */
  readonly pollSeconds: number;
}

const hubReady = z.object({ url: z.string(), adminToken: z.string(), databaseUrl: z.string() });

/** All data are kept in `folder`. Over Kafka every service is a process of its own, as in production. */
export function startBenchHub(transport: TransportKind, folder: string, wishes: HubWishes): Promise<BenchHub> {
  return transport === 'embedded' ? startStandalone(folder, wishes) : startServices(folder, wishes);
}

async function startStandalone(folder: string, { pollSeconds }: HubWishes): Promise<BenchHub> {
  const options = { folder, host: '127.0.0.1', ports: { control: 0, webhooks: 0 }, allowPrivateUrls: true, logLevel: 'warn' };
  const child = await Child.start('hub', options, { KONTAKTOR_POLL: String(pollSeconds) });
  const { url, adminToken, databaseUrl } = hubReady.parse(child.ready);
  const pids = { node: [child.pid], postgres: await postmasterOf(folder) };
  return { api: new ApiClient({ url, token: adminToken }), databaseUrl, brokers: [], pids, stop: () => child.stop() };
}

const services = ['registry', 'scheduler', 'webhook-ingest', 'adapters/oneclick', 'adapters/ecomail', 'control'];
const apps = join(__dirname, '../../../apps');

async function startServices(folder: string, { pollSeconds }: HubWishes): Promise<BenchHub> {
  const kafka = await brokersFor();
  await createTopics({ brokers: kafka.brokers, clientId: 'bench', onError: (error: unknown) => console.error(error) });
  const postgres = await startEmbeddedPostgres(folder);
  const adminToken = randomBytes(32).toString('hex');
  const env: NodeJS.ProcessEnv = {
    ...{ ...process.env, DATABASE_URL: postgres.url, KAFKA_BROKERS: kafka.brokers.join(','), KONTAKTOR_POLL: String(pollSeconds) },
    ...{ KONTAKTOR_MASTER_KEY: randomBytes(32).toString('hex'), KONTAKTOR_SERVICE_TOKEN: randomBytes(16).toString('hex') },
    ...{ KONTAKTOR_ALLOW_PRIVATE_URLS: 'true', KONTAKTOR_ADMIN_TOKEN: adminToken, LOG_LEVEL: 'warn' },
  };
  const running = new Map<string, { readonly child: ChildProcess; readonly url: string }>();
  for (const service of services) {
    const urls = { REGISTRY_URL: running.get('registry')?.url, WEBHOOK_URL: running.get('webhook-ingest')?.url };
    running.set(service, await startOne(service, { ...env, ...urls }));
  }
  const children = [...running.values()].map(({ child }) => child);
  return {
    ...{
      api: new ApiClient({ url: running.get('control')?.url ?? '', token: adminToken }),
      databaseUrl: postgres.url,
      brokers: kafka.brokers,
    },
    pids: { node: children.map(({ pid }) => pid ?? 0), postgres: await postmasterOf(folder) },
    stop: async () => {
      await Promise.all(children.map(endOf));
      await postgres.stop();
      await kafka.stop();
    },
  };
}

function startOne(service: string, env: NodeJS.ProcessEnv): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = fork(join(apps, service, 'src/main.js'), [], { env: { ...env, PORT: '0' } });
  return new Promise((resolve, reject) => {
    child.once('message', ({ started }: { readonly started: string }) => resolve({ child, url: started }));
    child.once('exit', (code) => reject(new Error(`${service} ended with code ${code} before it was ready`)));
  });
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
