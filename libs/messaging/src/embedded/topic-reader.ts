import type { EventEmitter } from 'node:events';
import type { Database } from '@kontaktor/persistence';
import { groupBy } from '../group-by';
import type { OnBatch, ReceivedParcel, Subscription } from '../transport';

export interface ReaderOptions {
  readonly database: Database;
  readonly appended: EventEmitter;
  readonly group: string;
  readonly onBatch: OnBatch;
  readonly onError: (error: unknown) => void;
}

const parcelsPerPartition = 16;
const pollMs = 2000;
const backOffMs = [100, 500, 1000, 5000];

/** Reads one topic for a group until stopped: all partitions side by side, each in order; a partition that fails pauses alone. */
export function subscribeTopic(options: ReaderOptions, topic: string): Subscription {
  const abort = new AbortController();
  const bell = new Bell();
  const ring = (): void => bell.ring();
  options.appended.on(topic, ring);
  const loop = readTopic(options, topic, abort.signal, bell);
  return {
    stop: async () => {
      abort.abort();
      bell.ring();
      await loop;
      options.appended.off(topic, ring);
    },
  };
}

async function readTopic(options: ReaderOptions, topic: string, signal: AbortSignal, bell: Bell): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    bell.reset();
    try {
      const parcels = await fetchParcels(options, topic);
      const partitions = groupBy(parcels, ({ partition }) => String(partition));
      const results = await Promise.allSettled(partitions.map((batch) => readPartition(options, topic, batch, signal)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      failures = 0;
      if (parcels.length === 0) await bell.wait(pollMs);
    } catch (error) {
      if (signal.aborted) return;
      options.onError(error);
      await bell.wait(backOffMs[Math.min(failures, backOffMs.length - 1)] ?? pollMs);
      failures += 1;
    }
  }
}

function fetchParcels({ database, group }: ReaderOptions, topic: string): Promise<ReceivedParcel[]> {
  return database.query<ReceivedParcel>(
    `SELECT p.topic, p.partition, m.id, m.key, m.body, m.position::text AS offset FROM partitions p
     LEFT JOIN offsets o ON o.consumer_group = $1 AND o.topic = p.topic AND o.partition = p.partition
     CROSS JOIN LATERAL (SELECT id, key, body, position FROM parcels
       WHERE topic = p.topic AND partition = p.partition AND position >= coalesce(o.position, 0) ORDER BY position LIMIT $3) m
     WHERE p.topic = $2 ORDER BY p.partition, m.position`,
    [group, topic, parcelsPerPartition],
  );
}

async function readPartition(options: ReaderOptions, topic: string, batch: readonly ReceivedParcel[], signal: AbortSignal): Promise<void> {
  await options.onBatch(batch, signal);
  const last = batch.at(-1);
  await options.database.query(
    `INSERT INTO offsets (consumer_group, topic, partition, position) VALUES ($1, $2, $3, $4)
     ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET position = excluded.position`,
    [options.group, topic, last?.partition, Number(last?.offset) + 1],
  );
}

/** Wakes a sleeping loop; a ring between two waits is not lost. */
class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  reset(): void {
    this.rung = false;
  }

  wait(ms: number): Promise<void> {
    if (this.rung) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.wake = done;
    });
  }
}
