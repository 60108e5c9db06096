import type { Tracing } from '@kontaktor/observability';
import { insertRows, type Database, type Tx } from '@kontaktor/persistence';
import type { Outbox } from '../outbox/outbox';
import type { ReceivedParcel, Subscription, Transport } from '../transport';
import { applyEvents } from './apply-events';
import { batchSpan } from './batch-span';
import { asWhole, byHalves, EventsRefused, type WayToApply } from './ways-to-apply';
import { chunksOf } from './chunks-of';
import { bury, sendAgain, type SentAgain } from './dead-letters';
import { DeadRun } from './dead-run';
import { eventsOf } from './events-of';
import type { TopicHandler } from './topic-handler';

export interface ConsumerOptions {
  readonly transport: Transport;
  readonly database: Database;
  readonly outbox: Outbox;
  /** Consumer group: the service's name. */
  readonly group: string;
  readonly handlers: readonly TopicHandler[];
  /** Absent: nothing is traced. */
  readonly tracing?: Tracing;
  /** Told of each event that went to `.dead`, with what was wrong and the event as it came. */
  readonly onDead: (topic: string, reason: string, event: unknown) => void;
}

/** Reads topics into a service's tables: each parcel takes effect once, an event at fault goes to `<topic>.dead` alone. */
export class Consumer {
  private readonly handlers: ReadonlyMap<string, TopicHandler>;
  /** Dead events in a row at the end of what was read, by topic and partition. */
  private readonly deadAtEnd = new Map<string, number>();
  private subscription: Subscription | undefined;

  constructor(private readonly options: ConsumerOptions) {
    this.handlers = new Map(options.handlers.map((handler) => [handler.topic, handler]));
  }

  async start(): Promise<void> {
    const { transport, group } = this.options;
    this.subscription = await transport.subscribe([...this.handlers.keys()], group, (parcels, signal) => this.onBatch(parcels, signal));
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
    this.subscription = undefined;
  }

  private async onBatch(parcels: readonly ReceivedParcel[], signal: AbortSignal): Promise<void> {
    for (const chunk of chunksOf(parcels)) {
      // Stopping in mid batch: what is not applied is not committed and comes again.
      if (signal.aborted) throw new Error('stopping');
      await this.traced(chunk);
    }
  }

  private async traced(chunk: readonly ReceivedParcel[]): Promise<void> {
    const { tracing, transport, group } = this.options;
    if (tracing?.isOn !== true) return this.apply(chunk);
    return tracing.span(batchSpan(transport.kind, group, chunk), () => this.apply(chunk));
  }

  /** As a whole first, which needs no savepoints; only when that fails, by halves. */
  private async apply(chunk: readonly ReceivedParcel[]): Promise<void> {
    const { database, outbox } = this.options;
    try {
      await database.transaction((tx) => this.applyChunk(tx, chunk, asWhole));
    } catch (error) {
      if (!(error instanceof EventsRefused)) throw error;
      await database.transaction((tx) => this.applyChunk(tx, chunk, byHalves(outbox)));
    }
  }

  private async applyChunk(tx: Tx, parcels: readonly ReceivedParcel[], way: WayToApply): Promise<void> {
    const { group, outbox, onDead } = this.options;
    const { topic, partition } = parcels[0] ?? { topic: '', partition: 0 };
    const handler = this.handlers.get(topic);
    if (handler === undefined) throw new Error(`Group ${group} has no handler for ${topic}.`);
    const place = `${topic} ${partition}`;
    const run = new DeadRun(place, this.deadAtEnd.get(place) ?? 0);
    const events = (await this.unseen(tx, parcels)).flatMap(eventsOf);
    const casualties = await applyEvents(tx, handler, events, run, way);
    await bury(tx, outbox, group, topic, casualties);
    tx.afterCommit(() => {
      this.deadAtEnd.set(place, run.atEnd(events.length));
      for (const { reason, raw } of casualties) onDead(topic, reason, raw);
    });
  }

  /** Notes the parcels in the inbox and answers those that were not there, each once. */
  private async unseen(tx: Tx, parcels: readonly ReceivedParcel[]): Promise<ReceivedParcel[]> {
    const rows = parcels.map(({ id }) => ({ consumer: this.options.group, parcel_id: id }));
    const fresh = await insertRows<object, { parcel_id: string }>(tx, 'inbox', { consumer: 'text', parcel_id: 'uuid' }, rows, {
      onConflict: 'ON CONFLICT DO NOTHING',
      returning: 'parcel_id',
    });
    const isFresh = new Set(fresh.map(({ parcel_id }) => parcel_id));
    // `delete` answers true once: the same parcel twice in one chunk counts once.
    return parcels.filter(({ id }) => isFresh.delete(id.toLowerCase()));
  }

  /** Applies dead letters again (all when no ids are named), each in a transaction of its own. Answers how many took effect. */
  sendAgain(ids?: readonly string[]): Promise<SentAgain> {
    return sendAgain(this.options, this.handlers, ids);
  }
}
