import { allTopics } from '@kontaktor/contracts';
import { Database, runMigrations } from '@kontaktor/persistence';
import { embeddedLogMigrations } from '../embedded/embedded-migrations';
import { EmbeddedTransport } from '../embedded/embedded-transport';
import { Outbox } from '../outbox/outbox';
import { OutboxRelay } from '../outbox/relay';
import type { TopicSettings, Transport } from '../transport';

export interface ServiceMessaging {
  readonly transport: Transport;
  readonly outbox: Outbox;
  readonly relay: OutboxRelay;
}

export const partitionCount = 4;

/** Every topic, and a `.dead` one beside each. */
export const topicSettings: readonly TopicSettings[] = allTopics.flatMap(({ name, compacted, retentionMs }) => [
  { name, compacted, retentionMs },
  { name: `${name}.dead`, compacted: false, retentionMs },
]);

/** The embedded log of the standalone, with its topics. */
export async function openEmbeddedLog(url: string, onError: (error: unknown) => void): Promise<EmbeddedTransport> {
  const database = new Database({ url, schema: 'event_log', poolSize: 16 });
  await runMigrations(database, embeddedLogMigrations);
  const log = new EmbeddedTransport(database, onError);
  await log.ensureTopics(topicSettings, partitionCount);
  return log;
}

/** Outbox and relay of one service over a transport. */
export function serviceMessaging(
  database: Database,
  transport: Transport,
  holder: string,
  onError: (error: unknown) => void,
): ServiceMessaging {
  const relay = new OutboxRelay({ database, transport, holder, onError });
  return { transport, relay, outbox: new Outbox(partitionCount, relay.nudge) };
}
