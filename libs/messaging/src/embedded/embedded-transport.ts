import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { insertRows, type Database, type Tx } from '@kontaktor/persistence';
import type { OnBatch, Parcel, Subscription, TopicSettings, Transport } from '../transport';
import { appendParcels } from './append-parcels';
import { compact } from './compact';
import { LogTail } from './log-tail';
import { subscribeTopic } from './topic-reader';

/** Characters of a topic: enough for each of its partitions to fill the next chunk while one is applied. */
const mostUnread = 2 * 1024 * 1024;
/** A reader that stands still holds nobody back for good. */
const longestWaitMs = 5000;
const lookEveryMs = 10;

/** The event log of the standalone: a table in Postgres, read in process. One consumer a group; it serves one machine. */
export class EmbeddedTransport implements Transport {
  readonly kind = 'embedded';
  private readonly appended = new EventEmitter().setMaxListeners(0);
  private readonly tail = new LogTail();
  private readonly groups = new Set<string>();
  private readonly subscriptions = new Set<Subscription>();
  private housekeeping: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly onError: (error: unknown) => void,
  ) {}

  async ensureTopics(topics: readonly TopicSettings[], partitions: number): Promise<void> {
    const rows = topics.map(({ name, compacted, retentionMs }) => ({ name, partitions, compacted, retention_ms: retentionMs }));
    const columns = { name: 'text', partitions: 'int', compacted: 'boolean', retention_ms: 'bigint' };
    await this.database.transaction(async (tx) => {
      await insertRows(tx, 'topics', columns, rows, {
        onConflict: 'ON CONFLICT (name) DO UPDATE SET compacted = excluded.compacted, retention_ms = excluded.retention_ms',
      });
      const others = await tx.query<{ name: string; partitions: number }>(
        'SELECT name, partitions FROM topics WHERE name = ANY($1) AND partitions <> $2 ORDER BY name',
        [topics.map(({ name }) => name), partitions],
      );
      if (others.length > 0) {
        const list = others.map((one) => `${one.name} has ${one.partitions} partitions, ${partitions} are needed`).join('; ');
        throw new Error(`Topics of the event log do not fit: ${list}: with another number the events of a key would lose their order.`);
      }
      await tx.query(
        `INSERT INTO partitions (topic, partition) SELECT name, generate_series(0, partitions - 1) FROM topics ON CONFLICT DO NOTHING`,
      );
    });
  }

  async partitionsOf(topic: string): Promise<number> {
    const [row] = await this.database.query<{ partitions: number }>('SELECT partitions FROM topics WHERE name = $1', [topic]);
    if (row === undefined) throw new Error(`Topic ${topic} does not exist in the event log; ensureTopics makes it.`);
    return row.partitions;
  }

  async publish(parcels: readonly Parcel[]): Promise<void> {
    if (parcels.length > 0) await this.database.transaction((tx) => this.append(tx, parcels));
  }

  readonly appendIn: Transport['appendIn'] = (tx, parcels) => this.append(tx, parcels);

  readonly room: Transport['room'] = async (topic) => {
    const deadline = performance.now() + longestWaitMs;
    while (this.tail.unread(topic) > mostUnread && performance.now() < deadline) await wait(lookEveryMs);
  };

  private async append(tx: Tx, parcels: readonly Parcel[]): Promise<void> {
    const placed = await appendParcels(tx, this.database.schema, parcels);
    tx.afterCommit(() => {
      this.tail.add(placed);
      for (const topic of new Set(placed.map((parcel) => parcel.topic))) this.appended.emit(topic);
    });
  }

  async subscribe(topics: readonly string[], group: string, onBatch: OnBatch): Promise<Subscription> {
    if (this.groups.has(group))
      throw new Error(`Group ${group} already has a consumer: the embedded log serves one a group. Use Kafka for more.`);
    this.groups.add(group);
    const reader = { database: this.database, appended: this.appended, tail: this.tail, group, onBatch, onError: this.onError };
    const readers = topics.map((topic) => subscribeTopic(reader, topic));
    const stop = async (): Promise<void> => {
      await Promise.all(readers.map((one) => one.stop()));
      this.groups.delete(group);
      this.subscriptions.delete(subscription);
    };
    const subscription = { stop };
    this.subscriptions.add(subscription);
    return subscription;
  }

  async lag(group: string, topics: readonly string[]): Promise<number> {
    const [row] = await this.database.query<{ lag: number }>(
      // What retention has dropped nobody can still read: the lag begins at the first parcel that is there.
      `SELECT coalesce(sum(p.next_position - greatest(coalesce(o.position, 0), coalesce(m.first, p.next_position))), 0)::bigint AS lag
       FROM partitions p
       LEFT JOIN offsets o ON o.topic = p.topic AND o.partition = p.partition AND o.consumer_group = $1
       CROSS JOIN LATERAL (SELECT min(position) AS first FROM parcels WHERE topic = p.topic AND partition = p.partition) m
       WHERE p.topic = ANY($2)`,
      [group, topics],
    );
    return row?.lag ?? 0;
  }

  /** Reads the topics again from the beginning of what is retained. The group must not be consuming. */
  async replay(group: string, topics: readonly string[]): Promise<void> {
    if (this.groups.has(group)) throw new Error(`Group ${group} is consuming; stop it before a replay.`);
    await this.database.query('DELETE FROM offsets WHERE consumer_group = $1 AND topic = ANY($2)', [group, topics]);
  }

  /** Drops what is past retention, and on compacted topics all but the last event of each key. */
  async housekeep(): Promise<void> {
    await this.database.query(
      `DELETE FROM parcels USING topics WHERE parcels.topic = topics.name AND NOT topics.compacted
       AND appended_at < now() - topics.retention_ms * interval '1 ms'`,
    );
    await compact(this.database);
  }

  /** Does so now and then, until closed. */
  startHousekeeping(everyMs: number): void {
    this.housekeeping ??= setInterval(() => void this.housekeep().catch(this.onError), everyMs).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.housekeeping);
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.database.close();
  }
}
