import { insertRows, type Database, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Outbox } from '../outbox/outbox';
import type { ReceivedParcel, Subscription, Transport } from '../transport';
import { applyEvents, type Casualty, type PositionedEvent } from './apply-events';
import type { TopicHandler } from './topic-handler';

export interface ConsumerOptions {
  readonly transport: Transport;
  readonly database: Database;
  readonly outbox: Outbox;
  /** Consumer group: the service's name. */
  readonly group: string;
  readonly handlers: readonly TopicHandler[];
  /** Told of each event that went to `.dead`, with what was wrong and the event as it came. */
  readonly onDead: (topic: string, reason: string, event: unknown) => void;
}

/** So many unreadable events in a row mean that the reader is broken, not the events: the partition pauses. */
const mostDeadInARow = 20;
const eventsPerChunk = 500;

/** Reads topics into a service's tables: each parcel takes effect once, an event at fault goes to `<topic>.dead` alone. */
export class Consumer {
  private readonly handlers: ReadonlyMap<string, TopicHandler>;
  private readonly deadInARow = new Map<string, number>();
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
      await this.options.database.transaction((tx) => this.applyChunk(tx, chunk));
    }
  }

  private async applyChunk(tx: Tx, parcels: readonly ReceivedParcel[]): Promise<void> {
    const topic = parcels[0]?.topic ?? '';
    const handler = this.handlers.get(topic);
    if (handler === undefined) return;
    const rows = parcels.map(({ id }) => ({ consumer: this.options.group, parcel_id: id }));
    const fresh = await insertRows<object, { parcel_id: string }>(tx, 'inbox', { consumer: 'text', parcel_id: 'uuid' }, rows, {
      onConflict: 'ON CONFLICT DO NOTHING',
      returning: 'parcel_id',
    });
    const isFresh = new Set(fresh.map(({ parcel_id }) => parcel_id));
    // `delete` answers true once: the same parcel twice in one chunk counts once.
    const events = parcels.filter(({ id }) => isFresh.delete(id)).flatMap(eventsOf);
    const casualties = await applyEvents(tx, handler, events);
    this.countDead(topic, parcels[0]?.partition ?? 0, events.length, casualties);
    await this.bury(tx, topic, casualties);
  }

  private countDead(topic: string, partition: number, events: number, casualties: readonly Casualty[]): void {
    if (events === 0) return;
    const place = `${topic} ${partition}`;
    const inARow = casualties.length === events ? (this.deadInARow.get(place) ?? 0) + events : casualties.length;
    if (inARow > mostDeadInARow && casualties.length === events) {
      throw new Error(
        `${inARow} events in a row of ${place} cannot be read; the partition waits. The last said: ${casualties.at(-1)?.reason}`,
      );
    }
    this.deadInARow.set(place, casualties.length === events ? inARow : 0);
  }

  private async bury(tx: Tx, topic: string, casualties: readonly Casualty[]): Promise<void> {
    const { group, outbox, onDead } = this.options;
    for (const { raw, partition, offset, reason, attempts } of casualties) {
      const letter = { id: uuidv7(), consumer: group, topic, partition, origin_offset: offset, event: raw ?? null, reason, attempts };
      const columns = {
        id: 'uuid',
        consumer: 'text',
        topic: 'text',
        partition: 'int',
        origin_offset: 'text',
        event: 'jsonb',
        reason: 'text',
        attempts: 'int',
      };
      await insertRows(tx, 'dead_letters', columns, [letter]);
      await outbox.appendRaw(tx, `${topic}.dead`, partition, letter);
      tx.afterCommit(() => onDead(topic, reason, raw));
    }
  }

  /** Applies dead letters again (all when no ids are named), each in a transaction of its own. Answers how many took effect. */
  async sendAgain(ids?: readonly string[]): Promise<{ readonly applied: number; readonly stillDead: number }> {
    const { database, group } = this.options;
    const letters = await database.query<{ id: string; topic: string; event: unknown }>(
      'SELECT id, topic, event FROM dead_letters WHERE consumer = $1 AND sent_again_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2)) ORDER BY died_at',
      [group, ids ?? null],
    );
    let applied = 0;
    for (const { id, topic, event } of letters) applied += (await this.applyAgain(id, topic, event)) ? 1 : 0;
    return { applied, stillDead: letters.length - applied };
  }

  private applyAgain(id: string, topic: string, event: unknown): Promise<boolean> {
    return this.options.database.transaction(async (tx) => {
      const handler = this.handlers.get(topic);
      const held = await tx.query('SELECT 1 FROM dead_letters WHERE id = $1 AND sent_again_at IS NULL FOR UPDATE', [id]);
      if (handler === undefined || held.length === 0) return false;
      const [casualty] = await applyEvents(tx, handler, [{ raw: event, partition: 0, offset: '' }]);
      const outcome = casualty === undefined ? 'sent_again_at = now()' : 'attempts = attempts + 1';
      await tx.query(`UPDATE dead_letters SET ${outcome}, reason = coalesce($2, reason) WHERE id = $1`, [id, casualty?.reason ?? null]);
      return casualty === undefined;
    });
  }
}

function eventsOf({ body, partition, offset }: ReceivedParcel): PositionedEvent[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // Not JSON: the text itself is the event that cannot be read.
    return [{ raw: body, partition, offset }];
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).map((raw: unknown) => ({ raw, partition, offset }));
}

/** Whole parcels, together about 500 events: a set large enough for set-based SQL, small enough for a short transaction. */
function chunksOf(parcels: readonly ReceivedParcel[]): ReceivedParcel[][] {
  const chunks: ReceivedParcel[][] = [];
  let room = 0;
  for (const parcel of parcels) {
    // Counting events without parsing: an envelope is never shorter than 200 characters.
    const events = Math.max(1, Math.floor(parcel.body.length / 400));
    if (room < events || chunks.length === 0) {
      chunks.push([]);
      room = eventsPerChunk;
    }
    chunks.at(-1)?.push(parcel);
    room -= events;
  }
  return chunks;
}
