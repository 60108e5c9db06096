import { allTopics } from '@kontaktor/contracts';
import { Database } from '@kontaktor/persistence';
import { embeddedLogMigrations } from '../embedded/embedded-migrations';
import { EmbeddedTransport } from '../embedded/embedded-transport';
import { Outbox } from '../outbox/outbox';
import { OutboxRelay } from '../outbox/relay';
import type { KafkaConnection } from '../kafka/kafka-client';
import { oneBroker, type Replication } from '../kafka/kafka-topics';
import { KafkaTransport } from '../kafka/kafka-transport';
import type { TopicSettings, Transport } from '../transport';

export interface ServiceMessaging {
  readonly transport: Transport;
  readonly outbox: Outbox;
  readonly relay: OutboxRelay;
}

export const partitionCount = 4;
const housekeepingMs = 10 * 60 * 1000;

/** Every topic, and a `.dead` one beside each. */
export const topicSettings: readonly TopicSettings[] = allTopics.flatMap(({ name, compacted, retentionMs }) => [
  { name, compacted, retentionMs },
  { name: `${name}.dead`, compacted: false, retentionMs },
]);

/** The embedded log of the standalone, with its topics. */
export async function openEmbeddedLog(url: string, onError: (error: unknown) => void): Promise<EmbeddedTransport> {
  const database = new Database({ url, schema: 'event_log', poolSize: 16, migrations: embeddedLogMigrations });
  await database.migrate();
  const log = new EmbeddedTransport(database, onError);
  await log.ensureTopics(topicSettings, partitionCount);
  log.startHousekeeping(housekeepingMs);
  return log;
}

export interface KafkaOptions extends KafkaConnection {
  /** Makes missing topics on a single broker: for development. Elsewhere the command does, by `createTopics`. */
  readonly createTopics?: boolean;
}

/** Kafka, with its topics checked: a service must not start on topics that are missing or do not fit. */
export async function openKafka({ createTopics: mayCreate = false, ...connection }: KafkaOptions): Promise<KafkaTransport> {
  const kafka = new KafkaTransport(connection);
  if (mayCreate) await kafka.ensureTopics(topicSettings, partitionCount);
  else await kafka.checkTopics(topicSettings, partitionCount);
  return kafka;
}

/** Makes every topic of the product that is missing. `replication` is 1 copy unless told: 3 with 2 in sync outside development. */
export async function createTopics(connection: KafkaConnection, replication: Replication = oneBroker): Promise<void> {
  const kafka = new KafkaTransport({ ...connection, replication });
  try {
    await kafka.ensureTopics(topicSettings, partitionCount);
  } finally {
    await kafka.close();
  }
}

/** Outbox and relay of one service over a transport. */
export function serviceMessaging(
  database: Database,
  transport: Transport,
  holder: string,
  onError: (error: unknown) => void,
): ServiceMessaging {
  const relay = new OutboxRelay({ database, transport, holder, onError });
  return { transport, relay, outbox: new Outbox(partitionCount, transport, relay.nudge) };
}
