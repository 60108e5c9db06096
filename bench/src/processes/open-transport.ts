import { openEmbeddedLog, openKafka, type Transport } from '@kontaktor/messaging';

const tell = (error: unknown): void => console.error(error);

/** Kafka where brokers are given, else the embedded log. */
export function openTransport(databaseUrl: string, brokers: readonly string[]): Promise<Transport> {
  return brokers.length === 0
    ? openEmbeddedLog(databaseUrl, tell)
    : openKafka({ brokers, clientId: 'bench', onError: tell, createTopics: true });
}
