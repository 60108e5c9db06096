import { contactChanged, contactObserved, contactSynced, writeRequested } from '@kontaktor/contracts';
import { EmbeddedTransport, KafkaTransport, type Transport } from '@kontaktor/messaging';
import { Database } from '@kontaktor/persistence';
import type { BenchHub } from './start-bench-hub';

export interface TopicWatch {
  /** Parcels ever published about single contacts. */
  count(): Promise<number>;
  close(): Promise<void>;
}

const aboutContacts = [contactChanged, contactObserved, contactSynced, writeRequested].map(({ name }) => name);
const tell = (error: unknown): void => console.error(error);

/** Counts as a group that has read nothing would: its lag is everything published. */
export async function watchTopics({ databaseUrl, brokers }: BenchHub): Promise<TopicWatch> {
  const transport: Transport =
    brokers.length === 0
      ? new EmbeddedTransport(new Database({ url: databaseUrl, schema: 'event_log', poolSize: 1 }), tell)
      : new KafkaTransport({ brokers, clientId: 'bench watch', onError: tell });
  return { count: () => transport.lag('bench reads nothing', aboutContacts), close: () => transport.close() };
}
