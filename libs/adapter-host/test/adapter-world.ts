import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import { masterKeyFrom, providerKey, seal } from '@kontaktor/config';
import {
  allTopics,
  connectionChanged,
  createEvent,
  linkChanged,
  readRequested,
  webhookReceived,
  writeRequested,
  type EventOf,
  type LinkChanged,
  type TopicDefinition,
  type WriteRequested,
} from '@kontaktor/contracts';
import { openEmbeddedLog, partitionOf, type Transport } from '@kontaktor/messaging';
import { createLogger } from '@kontaktor/observability';
import { Database } from '@kontaktor/persistence';
import { startService, type RunningService } from '@kontaktor/service';
import { createTestDatabase, eventually } from '@kontaktor/testing';
import { v7 as uuidv7 } from 'uuid';
import { adapterService } from '../src/index';
import { startFakeRegistry, type FakeRegistry } from './fake-registry';

const masterKey = masterKeyFrom('ab'.repeat(32));
const serviceToken = 'token-of-the-tests-0001';

export interface AdapterWorld {
  readonly service: RunningService;
  readonly database: Database;
  readonly registry: FakeRegistry;
  readonly serviceToken: string;
  publish<Data>(topic: TopicDefinition<Data>, data: readonly Data[]): Promise<void>;
  /** Events that the service published, in order of their partitions. */
  published<Data>(topic: TopicDefinition<Data>): Promise<readonly Data[]>;
  connect(connectionId: string, settings: Record<string, unknown>, version?: number): Promise<void>;
  link(link: Partial<LinkChanged>): Promise<void>;
  read(
    connectionId: string,
    readId: string,
    more?: { readonly resend?: string[]; readonly parts?: string[]; readonly registryEpoch?: number },
  ): Promise<void>;
  write(requests: readonly WriteRequested[]): Promise<void>;
  webhook(connectionId: string, deliveryId: string, body: string): Promise<void>;
  /** Ends the service, as an orderly stop does, and starts it anew. */
  restart(): Promise<void>;
  /** Waits until the service has taken in what was published on the topic so far: only then an absence means something. */
  taken<Data>(topic: TopicDefinition<Data>): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly adapter: AdapterDefinition;
  readonly allowPrivateUrls?: boolean;
}

/** One adapter's service over the embedded log, with a registry that answers the last look. */
export async function startAdapterWorld({ adapter, allowPrivateUrls = true }: WorldOptions): Promise<AdapterWorld> {
  const server = await createTestDatabase();
  const logger = createLogger('test', 'silent');
  const registry = await startFakeRegistry();
  const log = await openEmbeddedLog(server.url, (error) => logger.error({ err: error }, 'log'));
  const start = (): Promise<RunningService> =>
    startService(adapterService(adapter), {
      ...{ databaseUrl: server.url, transport: log, logger, port: 0, host: '127.0.0.1' },
      settings: { masterKey, serviceToken, allowPrivateUrls, registryUrl: () => registry.url, webhookUrl: () => 'http://127.0.0.1:1' },
    });
  let service = await start();
  const events = new Database({ url: server.url, schema: 'event_log', poolSize: 2 });
  const own = new Database({ url: server.url, schema: `adapter_${adapter.name}`, poolSize: 2 });
  const publish: AdapterWorld['publish'] = (topic, data) => publishAll(log, topic, data);
  return {
    get service() {
      return service;
    },
    ...{ database: own, registry, serviceToken, publish },
    published: async <Data>(topic: TopicDefinition<Data>) => {
      const rows = await events.query<{ body: string }>('SELECT body FROM parcels WHERE topic = $1 ORDER BY partition, position', [
        topic.name,
      ]);
      return rows.flatMap(({ body }) => (JSON.parse(body) as unknown[]).map((event) => topic.schema.parse(event).data));
    },
    connect: (connectionId, settings, version = 1) => {
      const [secrets, open] = [{}, {}] as [Record<string, unknown>, Record<string, unknown>];
      for (const [name, value] of Object.entries(settings)) (adapter.secrets.includes(name) ? secrets : open)[name] = value;
      const sealedSecrets = seal(providerKey(masterKey, adapter.name), JSON.stringify(secrets), `main/${connectionId}/${version}`);
      const base = { connectionId, name: connectionId, provider: adapter.name, version, enabled: true, deleted: false };
      return publish(connectionChanged, [{ ...base, settings: open, sealedSecrets, webhookSecretHashes: {} }]);
    },
    link: (link) => publish(linkChanged, [{ ...exampleOf(linkChanged), ...link }]),
    read: (connectionId, readId, { resend, parts, registryEpoch = 1 } = {}) =>
      publish(readRequested, [
        {
          ...{ connectionId, provider: adapter.name, readId, requestedAt: new Date().toISOString(), registryEpoch },
          ...(resend === undefined
            ? { mode: 'full' as const }
            : { mode: 'resend' as const, resend, ...(parts === undefined ? {} : { parts }) }),
        },
      ]),
    write: (requests) => publish(writeRequested, requests),
    webhook: (connectionId, deliveryId, body) =>
      publish(webhookReceived, [
        {
          ...{ connectionId, provider: adapter.name, deliveryId, receivedAt: new Date().toISOString() },
          ...{ endpoint: 'campaigns', headers: {}, body },
        },
      ]),
    taken: (topic) =>
      eventually(async () => {
        const lag = await log.lag(service.name, [topic.name]);
        if (lag > 0) throw new Error(`${topic.name} has ${lag} parcels that were not taken in yet`);
      }),
    restart: async () => {
      await service.stop();
      service = await start();
    },
    stop: async () => {
      await service.stop();
      await Promise.all([events.close(), own.close(), log.close(), registry.stop()]);
      await server.drop();
    },
  };
}

function exampleOf<Data>(topic: TopicDefinition<Data>): Data {
  const [example] = topic.examples;
  if (example === undefined) throw new Error(`${topic.name} has no example`);
  return example.data;
}

async function publishAll<Data>(log: Transport, topic: TopicDefinition<Data>, data: readonly Data[]): Promise<void> {
  if (!allTopics.some(({ name }) => name === topic.name)) throw new Error(`${topic.name} is no topic`);
  const partitions = await log.partitionsOf(topic.name);
  const groups = new Map<number, EventOf<Data>[]>();
  for (const event of data.map((one) => createEvent(topic, { workspaceId: 'main' }, one))) {
    const partition = partitionOf(topic.key(event), partitions);
    groups.set(partition, [...(groups.get(partition) ?? []), event]);
  }
  await log.publish(
    [...groups].map(([partition, events]) => ({ id: uuidv7(), topic: topic.name, partition, body: JSON.stringify(events) })),
  );
}
