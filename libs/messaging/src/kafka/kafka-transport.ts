import type { Admin, Kafka } from 'kafkajs';
import type { OnBatch, Parcel, Subscription, TopicSettings, Transport } from '../transport';
import { lagOf, rewind } from './group-offsets';
import { createClient, retriesOfConsumer, type KafkaConnection } from './kafka-client';
import { KafkaPublisher } from './kafka-publisher';
import { KafkaSubscription } from './kafka-subscription';
import { checkTopics, ensureTopics, oneBroker, type Replication } from './kafka-topics';

export interface KafkaTransportOptions extends KafkaConnection {
  /** Of the topics that `ensureTopics` makes; by default for a single broker. */
  readonly replication?: Replication;
}

/** Kafka as the wire: one message a parcel. Any number of processes share the partitions of a group. */
export class KafkaTransport implements Transport {
  readonly kind = 'kafka';
  private readonly publisher: KafkaPublisher;
  private readonly subscriptions = new Set<Subscription>();
  private admin: Promise<Admin> | undefined;
  private questions = 0;

  constructor(private readonly options: KafkaTransportOptions) {
    this.publisher = new KafkaPublisher(createClient(options));
  }

  async ensureTopics(topics: readonly TopicSettings[], partitions: number): Promise<void> {
    await this.ask((admin) => ensureTopics(admin, topics, partitions, this.options.replication ?? oneBroker));
  }

  /** Throws, naming each, when topics are missing or made otherwise. */
  async checkTopics(topics: readonly TopicSettings[], partitions: number): Promise<void> {
    await this.ask((admin) => checkTopics(admin, topics, partitions));
  }

  async partitionsOf(topic: string): Promise<number> {
    const { topics } = await this.ask((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
    return topics[0]?.partitions.length ?? 0;
  }

  publish(parcels: readonly Parcel[]): Promise<void> {
    return this.publisher.publish(parcels);
  }

  async subscribe(topics: readonly string[], group: string, onBatch: OnBatch): Promise<Subscription> {
    const { onError } = this.options;
    const ownClient = (): Kafka => createClient(this.options, retriesOfConsumer);
    const subscription = new KafkaSubscription({ createClient: ownClient, topics, group, onBatch, onError });
    await subscription.start();
    this.subscriptions.add(subscription);
    return {
      stop: async () => {
        await subscription.stop();
        this.subscriptions.delete(subscription);
      },
    };
  }

  lag(group: string, topics: readonly string[]): Promise<number> {
    return this.ask((admin) => lagOf(admin, group, topics));
  }

  async replay(group: string, topics: readonly string[]): Promise<void> {
    await this.ask((admin) => rewind(createClient(this.options), admin, group, topics));
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.publisher.close();
  }

  /** Questions asked at the same time share a connection; it does not outlive them, so it need not be mended. */
  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const asking = (this.admin ??= this.openAdmin());
    this.questions += 1;
    try {
      return await question(await asking);
    } finally {
      this.questions -= 1;
      if (this.questions === 0) {
        this.admin = undefined;
        await asking.then((admin) => admin.disconnect());
      }
    }
  }

  private async openAdmin(): Promise<Admin> {
    const admin = createClient(this.options).admin();
    await admin.connect();
    return admin;
  }
}
