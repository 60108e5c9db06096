import type { EventEmitter } from 'node:events';
import type { Database } from '@kontaktor/persistence';
import { backOffMs } from '../back-off';
import { Bell } from '../bell';
import { groupBy } from '../group-by';
import type { OnBatch, ReceivedParcel, Subscription } from '../transport';
import { GroupOffsets } from './group-offsets';
import type { LogTail } from './log-tail';
import { Pauses } from './pauses';

export interface ReaderOptions {
  readonly database: Database;
  readonly appended: EventEmitter;
  readonly tail: LogTail;
  readonly group: string;
  readonly onBatch: OnBatch;
  readonly onError: (error: unknown) => void;
}

const parcelsPerBatch = 16;
/** What another process appended nobody tells us about. */
const pollMs = 2000;

interface Place {
  readonly partition: number;
  /** Where reading goes on. */
  position: number;
  isBusy: boolean;
  /** There may be parcels that only the database has. */
  mustFetch: boolean;
  /** Of the tail, when the database was asked last. */
  askedAt: number;
}

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
      options.tail.leave(options.group, topic);
    },
  };
}

class TopicReader {
  private readonly abort = new AbortController();
  private readonly bell = new Bell();
  private readonly pauses = new Pauses();
  private readonly offsets: GroupOffsets;
  private readonly running = new Set<Promise<void>>();
  private places: Place[] = [];
  private polledAt = 0;

  constructor(
    private readonly options: ReaderOptions,
    private readonly topic: string,
  ) {
    this.offsets = new GroupOffsets(options.database, options.group, topic, options.onError);
  }

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
        await this.round();
        failures = 0;
        await this.bell.wait(Math.min(pollMs, this.pauses.nextMs()));
      } catch (error) {
        // The log itself is away: every partition waits, until something is appended at the latest.
        failures += 1;
        this.options.onError(error);
        await this.bell.wait(backOffMs(failures));
      }
    }
    await Promise.all(this.running);
    await this.offsets.save().catch(this.options.onError);
  }

  /** Starts every partition that is free and has something to read, first those that need no question to the database. */
  private async round(): Promise<void> {
    if (this.places.length === 0) await this.begin();
    const isPollDue = performance.now() - this.polledAt >= pollMs;
    if (isPollDue) this.polledAt = performance.now();
    const paused = new Set(this.pauses.waiting());
    for (const place of this.places) {
      if (isPollDue) place.mustFetch = true;
      if (place.isBusy || paused.has(String(place.partition))) continue;
      this.start(place, this.options.tail.from(this.topic, place.partition, place.position, parcelsPerBatch));
    }
    await this.fetch(this.places.filter((place) => !place.isBusy && !paused.has(String(place.partition)) && this.mayHaveMore(place)));
  }

  private async begin(): Promise<void> {
    const { tail, group } = this.options;
    const offsets = await this.offsets.load();
    this.places = [...offsets].map(([partition, position]) => ({ partition, position, isBusy: false, mustFetch: true, askedAt: 0 }));
    for (const { partition, position } of this.places) tail.passed(group, this.topic, partition, position);
  }

  private mayHaveMore({ partition, position, mustFetch, askedAt }: Place): boolean {
    return mustFetch || this.options.tail.end(this.topic, partition) > Math.max(position, askedAt);
  }

  private async fetch(places: readonly Place[]): Promise<void> {
    if (places.length === 0) return;
    for (const place of places) {
      place.mustFetch = false;
      place.askedAt = this.options.tail.end(this.topic, place.partition);
    }
    const parcels = await this.fetchFrom(places).catch((error: unknown) => {
      for (const place of places) place.mustFetch = true;
      throw error;
    });
    for (const batch of groupBy(parcels, ({ partition }) => String(partition))) {
      const place = places.find(({ partition }) => partition === batch[0]?.partition);
      if (place === undefined) continue;
      place.mustFetch = true;
      this.start(place, batch);
    }
  }

  private start(place: Place, batch: readonly ReceivedParcel[]): void {
    if (batch.length === 0 || this.abort.signal.aborted) return;
    place.isBusy = true;
    const run = this.read(place, batch).finally(() => {
      place.isBusy = false;
      this.running.delete(run);
      this.bell.ring();
    });
    this.running.add(run);
  }

  private async read(place: Place, batch: readonly ReceivedParcel[]): Promise<void> {
    const { tail, group, onBatch, onError } = this.options;
    const name = String(place.partition);
    try {
      await onBatch(batch, this.abort.signal);
      place.position = Number(batch.at(-1)?.offset) + 1;
      this.offsets.passed(place.partition, place.position);
      tail.passed(group, this.topic, place.partition, place.position);
      this.pauses.succeed(name);
    } catch (error) {
      // A batch given up because of the stop is no failure.
      if (this.abort.signal.aborted) return;
      onError(error);
      this.pauses.fail(name);
      place.mustFetch = true;
    }
  }

  private fetchFrom(places: readonly Place[]): Promise<ReceivedParcel[]> {
    return this.options.database.query<ReceivedParcel>(
      `SELECT $1 AS topic, from_here.partition, m.id, m.keys, m.body, m.traceparent, m.position::text AS offset
       FROM unnest($2::int[], $3::bigint[]) AS from_here(partition, position)
       CROSS JOIN LATERAL (SELECT id, keys, body, traceparent, position FROM parcels
         WHERE topic = $1 AND partition = from_here.partition AND position >= from_here.position ORDER BY position LIMIT $4) m
       ORDER BY from_here.partition, m.position`,
      [this.topic, places.map(({ partition }) => partition), places.map(({ position }) => position), parcelsPerBatch],
    );
  }
}
