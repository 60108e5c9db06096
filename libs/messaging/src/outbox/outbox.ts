import type { EventOf, TopicDefinition } from '@kontaktor/contracts';
import { activeTraceparent } from '@kontaktor/observability';
import type { Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import { insertParcels } from '../insert-parcels';
import type { Parcel, Transport } from '../transport';
import { packParcels } from './pack-parcels';

const columns = ['id', 'topic', 'partition', 'keys', 'body', 'traceparent'] as const;
/** Characters of what one transaction announces that are held until its end. */
const mostHeld = 16 * 1024 * 1024;

interface Held {
  parcels: Parcel[];
  characters: number;
}

/**
 * Where a service leaves its events, in the transaction of the change they announce: in a table, which the relay carries to the wire, or at the end
 * of the transaction on the wire itself, where that lies in the same database.
 */
export class Outbox {
  private readonly held = new WeakMap<Tx, Held>();

  constructor(
    /** Partitions of every topic: fixed when the topics are made. */
    private readonly partitions: number,
    private readonly wire: Pick<Transport, 'appendIn' | 'room'>,
    /** Wakes the relay after the commit. */
    private readonly nudge: () => void,
  ) {}

  /**
   * Appends events of one topic, packed into parcels. The order of a key over several transactions is that of the appending: append under the
   * lock of the row that changed.
   */
  async append<Data>(tx: Tx, topic: TopicDefinition<Data>, events: readonly EventOf<Data>[]): Promise<void> {
    if (events.length > 0) await this.keep(tx, packParcels(topic, events, this.partitions));
  }

  /**
   * For whoever has a great many events to append: waits until readers have caught up, as far as the wire knows of them, so that changes between
   * two of its transactions do not stand behind all of it.
   */
  async room(topic: TopicDefinition): Promise<void> {
    await this.wire.room?.(topic.name);
  }

  /** Appends events, however they look, to a partition of a topic, one a parcel: for dead letters. */
  async appendRaw(tx: Tx, topic: string, partition: number, events: readonly unknown[]): Promise<void> {
    const parcels = events.map((event) => ({ id: uuidv7(), topic, partition, keys: null, body: JSON.stringify([event]) }));
    await this.keep(tx, parcels);
  }

  /** Writes what is held, before a savepoint is released: from then on the database alone knows what belongs to it. */
  async flush(tx: Tx): Promise<void> {
    const parcels = this.forget(tx);
    if (parcels.length > 0) await this.wire.appendIn?.(tx, parcels);
  }

  /** Drops what is held: the savepoint that it came after is rolled back. Answers what that was. */
  forget(tx: Tx): readonly Parcel[] {
    const held = this.held.get(tx);
    if (held === undefined) return [];
    const { parcels } = held;
    [held.parcels, held.characters] = [[], 0];
    return parcels;
  }

  private async keep(tx: Tx, untraced: readonly Parcel[]): Promise<void> {
    const traceparent = activeTraceparent();
    const parcels = traceparent === undefined ? untraced : untraced.map((parcel) => ({ ...parcel, traceparent }));
    if (this.wire.appendIn === undefined) {
      await insertParcels(tx, 'outbox', columns, parcels);
      tx.afterCommit(this.nudge);
      return;
    }
    const held = this.heldBy(tx);
    held.parcels.push(...parcels);
    held.characters += parcels.reduce((sum, { body }) => sum + body.length, 0);
    if (held.characters > mostHeld) await this.flush(tx);
  }

  private heldBy(tx: Tx): Held {
    const known = this.held.get(tx);
    if (known !== undefined) return known;
    const held: Held = { parcels: [], characters: 0 };
    this.held.set(tx, held);
    tx.beforeCommit(() => this.flush(tx));
    return held;
  }
}
