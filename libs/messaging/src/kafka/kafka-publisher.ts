import type { Kafka, Message, Producer } from 'kafkajs';
import { groupBy } from '../group-by';
import type { Parcel } from '../transport';
import { oneKeyEach } from './one-key-each';
import { idHeader, traceHeader } from './received-parcel';
import { splitRequests } from './split-requests';

const everyReplica = -1;

/**
 * Publishes parcels with an idempotent producer, acknowledged by every replica in sync. A producer that failed is given up for a new one: its
 * sequence numbers and its picture of the cluster can no longer be trusted, and what is published twice the reader's inbox knows.
 */
export class KafkaPublisher {
  private producer: Promise<Producer> | undefined;

  constructor(private readonly client: Kafka) {}

  async publish(parcels: readonly Parcel[]): Promise<void> {
    for (const request of splitRequests(parcels.flatMap(oneKeyEach))) await this.send(request);
  }

  async close(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await (await producer)?.disconnect();
  }

  private async send(parcels: readonly Parcel[]): Promise<void> {
    const opening = (this.producer ??= this.open());
    try {
      const producer = await opening;
      await producer.sendBatch({ acks: everyReplica, topicMessages: topicMessages(parcels) });
    } catch (error) {
      if (this.producer === opening) this.producer = undefined;
      opening.then((producer) => producer.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  private async open(): Promise<Producer> {
    const producer = this.client.producer({ idempotent: true, allowAutoTopicCreation: false });
    await producer.connect();
    return producer;
  }
}

function topicMessages(parcels: readonly Parcel[]): { topic: string; messages: Message[] }[] {
  return groupBy(parcels, ({ topic }) => topic).map((ofTopic) => ({
    topic: ofTopic[0]?.topic ?? '',
    messages: ofTopic.map(({ id, partition, keys, body, traceparent }) => ({
      partition,
      key: keys?.[0] ?? null,
      value: body,
      headers: { [idHeader]: id, ...(typeof traceparent === 'string' ? { [traceHeader]: traceparent } : {}) },
    })),
  }));
}
