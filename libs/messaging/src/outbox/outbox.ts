import type { EventOf, TopicDefinition } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import { insertParcels } from '../insert-parcels';
import { partitionOf } from '../partition-of';

const mostEvents = 500;
const mostBytes = 256 * 1024;
/** Of one event, when it is alone in its parcel. Half of what topics take: a dead letter bears the event and more. */
export const mostEventBytes = 8 * 1024 * 1024;

interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly key: string | null;
  readonly body: string;
}

const outboxColumns = ['id', 'topic', 'partition', 'key', 'body'] as const;

/** Where a service leaves its events, in the transaction of the change they announce. The relay carries them to the wire. */
export class Outbox {
  constructor(
    /** Partitions of every topic: fixed when the topics are made. */
    private readonly partitions: number,
    /** Wakes the relay after the commit. */
    private readonly nudge: () => void,
  ) {}

  /**
   * Appends events of one topic, packed into parcels: events of one partition, in order, up to 500 or 256 kB. The order of a key over several
   * transactions is that of the appending: append under the lock of the row that changed.
   */
  async append<Data>(tx: Tx, topic: TopicDefinition<Data>, events: readonly EventOf<Data>[]): Promise<void> {
    if (events.length === 0) return;
    const rows = topic.compacted ? events.map((event) => this.single(topic, event)) : this.pack(topic, events);
    await insertParcels(tx, 'outbox', outboxColumns, rows);
    tx.afterCommit(this.nudge);
  }

  /** Appends events, however they look, to a partition of a topic, one a parcel: for dead letters. */
  async appendRaw(tx: Tx, topic: string, partition: number, events: readonly unknown[]): Promise<void> {
    const rows = events.map((event): OutboxRow => ({ id: uuidv7(), topic, partition, key: null, body: JSON.stringify([event]) }));
    await insertParcels(tx, 'outbox', outboxColumns, rows);
    tx.afterCommit(this.nudge);
  }

  private single<Data>(topic: TopicDefinition<Data>, event: EventOf<Data>): OutboxRow {
    const key = topic.key(event);
    return { id: uuidv7(), topic: topic.name, partition: partitionOf(key, this.partitions), key, body: `[${textOf(topic.name, event)}]` };
  }

  private pack<Data>(topic: TopicDefinition<Data>, events: readonly EventOf<Data>[]): OutboxRow[] {
    const open = new Map<number, { texts: string[]; bytes: number }>();
    const rows: OutboxRow[] = [];
    const close = (partition: number, texts: readonly string[]): void => {
      rows.push({ id: uuidv7(), topic: topic.name, partition, key: null, body: `[${texts.join(',')}]` });
    };
    for (const event of events) {
      const partition = partitionOf(topic.key(event), this.partitions);
      const text = textOf(topic.name, event);
      let parcel = open.get(partition);
      if (parcel !== undefined && (parcel.texts.length >= mostEvents || parcel.bytes + text.length > mostBytes)) {
        close(partition, parcel.texts);
        parcel = undefined;
      }
      parcel ??= { texts: [], bytes: 0 };
      parcel.texts.push(text);
      parcel.bytes += text.length;
      open.set(partition, parcel);
    }
    for (const [partition, { texts }] of open) close(partition, texts);
    return rows;
  }
}

/** A parcel the wire does not take would stop the relay for ever: better that the change which announces it fails. */
function textOf(topic: string, event: unknown): string {
  const text = JSON.stringify(event);
  // A character has at most three bytes.
  if (text.length > mostEventBytes / 3 && Buffer.byteLength(text) > mostEventBytes)
    throw new Error(`An event of ${topic} has more than 8 MB, which the wire does not carry: keep the content in a table and send its id.`);
  return text;
}
