import type { EventEmitter } from 'node:events';
import type { Database } from '@kontaktor/persistence';
import { backOffMs } from '../back-off';
import { Bell } from '../bell';
import { groupBy } from '../group-by';
import type { OnBatch, ReceivedParcel, Subscription } from '../transport';
import { Pauses } from './pauses';

export interface ReaderOptions {
  readonly database: Database;
  readonly appended: EventEmitter;
  readonly group: string;
  readonly onBatch: OnBatch;
  readonly onError: (error: unknown) => void;
}

const parcelsPerPartition = 16;
const pollMs = 2000;

/** Reads one topic for a group until stopped: all partitions side by side, each in order; a partition that fails pauses alone. */
export function subscribeTopic(options: ReaderOptions, topic: string): Subscription {
  const reader = new TopicReader(options, topic);
  const loop = reader.run();
  options.appended.on(topic, reader.ring);
  return {
    stop: async () => {
      reader.stop();
      await loop;
      options.appended.off(topic, reader.ring);
    },
  };
}

class TopicReader {
  private readonly abort = new AbortController();
  private readonly bell = new Bell();
  private readonly pauses = new Pauses();

  constructor(
    private readonly options: ReaderOptions,
    private readonly topic: string,
  ) {}

  readonly ring = (): void => this.bell.ring();

  stop(): void {
    this.abort.abort();
    this.bell.ring();
  }

  async run(): Promise<void> {
    let failures = 0;
    while (!this.abort.signal.aborted) {
      this.bell.reset();
      try {
        const read = await this.round();
        failures = 0;
        if (read === 0) await this.bell.wait(Math.min(pollMs, this.pauses.nextMs()));
      } catch (error) {
        // The log itself is away: every partition waits, until something is appended at the latest.
        failures += 1;
        this.options.onError(error);
        await this.bell.wait(backOffMs(failures));
      }
    }
  }

  /** Answers how many partitions were read. */
  private async round(): Promise<number> {
    const partitions = groupBy(await this.fetch(), ({ partition }) => String(partition));
    const results = await Promise.all(partitions.map((batch) => this.read(batch)));
    return results.filter(Boolean).length;
  }

  private async read(batch: readonly ReceivedParcel[]): Promise<boolean> {
    const partition = String(batch[0]?.partition);
    try {
      await this.options.onBatch(batch, this.abort.signal);
      await this.commit(batch);
      this.pauses.succeed(partition);
      return true;
    } catch (error) {
      // A batch given up because of the stop is no failure.
      if (this.abort.signal.aborted) return false;
      this.options.onError(error);
      this.pauses.fail(partition);
      return false;
    }
  }

  private fetch(): Promise<ReceivedParcel[]> {
    const paused = this.pauses.waiting().map(Number);
    return this.options.database.query<ReceivedParcel>(
      `SELECT p.topic, p.partition, m.id, m.key, m.body, m.position::text AS offset FROM partitions p
       LEFT JOIN offsets o ON o.consumer_group = $1 AND o.topic = p.topic AND o.partition = p.partition
       CROSS JOIN LATERAL (SELECT id, key, body, position FROM parcels
         WHERE topic = p.topic AND partition = p.partition AND position >= coalesce(o.position, 0) ORDER BY position LIMIT $3) m
       WHERE p.topic = $2 AND NOT p.partition = ANY($4::int[]) ORDER BY p.partition, m.position`,
      [this.options.group, this.topic, parcelsPerPartition, paused],
    );
  }

  private async commit(batch: readonly ReceivedParcel[]): Promise<void> {
    const last = batch.at(-1);
    await this.options.database.query(
      `INSERT INTO offsets (consumer_group, topic, partition, position) VALUES ($1, $2, $3, $4)
       ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET position = excluded.position`,
      [this.options.group, this.topic, last?.partition, Number(last?.offset) + 1],
    );
  }
}
