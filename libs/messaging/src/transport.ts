import type { Tx } from '@kontaktor/persistence';

/** Events of one partition in order, as the text of a JSON array. On compacted topics it bears the key of each. */
export interface Parcel {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  /** On compacted topics: as many as there are events in the body; its elements are then divided by `betweenKeyed`. */
  readonly keys?: readonly string[] | null;
  readonly body: string;
  /** W3C trace context of the work that announced it, where that is traced. */
  readonly traceparent?: string | null;
}

/** Text between two events with keys: no JSON has a line break elsewhere, so such a body is taken apart without being parsed. */
export const betweenKeyed = ',\n';

/** A parcel as it was read, not yet checked, with its place in the partition. */
export interface ReceivedParcel extends Parcel {
  readonly offset: string;
}

export interface TopicSettings {
  readonly name: string;
  readonly compacted: boolean;
  readonly retentionMs: number;
}

/**
 * Takes the parcels of one partition, in order. When it resolves, they count as read; when it throws, they come again after a pause, and
 * nothing after them.
 */
export type OnBatch = (parcels: readonly ReceivedParcel[], signal: AbortSignal) => Promise<void>;

export interface Subscription {
  /** Finishes the batch in hand, commits, leaves the group. */
  stop(): Promise<void>;
}

/** The wire. Two of them (embedded log, Kafka) pass one contract suite. At least once, in order within a partition. */
export interface Transport {
  readonly kind: 'embedded' | 'kafka';
  /** Makes the topics that are missing. Refuses when an existing one has another number of partitions. */
  ensureTopics(topics: readonly TopicSettings[], partitions: number): Promise<void>;
  partitionsOf(topic: string): Promise<number>;
  publish(parcels: readonly Parcel[]): Promise<void>;
  /**
   * Only of a log in the services' own database: appends in the transaction of the change, so that no outbox is needed. To be called last in
   * it: until the commit nobody else can append to these partitions.
   */
  readonly appendIn?: ((tx: Tx, parcels: readonly Parcel[]) => Promise<void>) | undefined;
  /** Only where readers share the process: resolves when they have not much of the topic left to read, or after a few seconds. */
  readonly room?: ((topic: string) => Promise<void>) | undefined;
  subscribe(topics: readonly string[], group: string, onBatch: OnBatch): Promise<Subscription>;
  /** Parcels not yet read by the group, all partitions together. */
  lag(group: string, topics: readonly string[]): Promise<number>;
  /** The group reads the topics again from the beginning of what is retained. It must not be consuming. */
  replay(group: string, topics: readonly string[]): Promise<void>;
  /** Stops what is still subscribed, and hangs up. */
  close(): Promise<void>;
}
