import { insertRows, type Database, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Outbox } from '../outbox/outbox';
import { mostEventBytes } from '../outbox/pack-parcels';
import { applyEvents, type Casualty } from './apply-events';
import { DeadRun } from './dead-run';
import type { TopicHandler } from './topic-handler';
import { byHalves } from './ways-to-apply';

const columns = {
  ...{ id: 'uuid', consumer: 'text', topic: 'text', partition: 'int', origin_offset: 'text' },
  ...{ event: 'text', reason: 'text', attempts: 'int' },
};
const mostReasonLength = 2000;
const shownOfLargeEvent = 2000;

/** Keeps what could not be applied: as rows, to be sent again, and on `<topic>.dead` for whoever watches. */
export async function bury(tx: Tx, outbox: Outbox, consumer: string, topic: string, casualties: readonly Casualty[]): Promise<void> {
  const [first] = casualties;
  if (first === undefined) return;
  const letters = casualties.map(({ raw, partition, offset, reason, attempts }) => ({
    ...{ id: uuidv7(), consumer, topic, partition, origin_offset: offset, attempts },
    // Postgres keeps no NUL in a text.
    reason: reason.replaceAll('\0', '').slice(0, mostReasonLength),
    // As JSON text: unlike jsonb it keeps escaped NULs and halves of surrogates, which may be the very thing that was wrong.
    event: JSON.stringify(raw ?? null),
  }));
  await insertRows(tx, 'dead_letters', columns, letters);
  const onWire = letters.map((letter, index) => ({ ...letter, event: eventOnWire(casualties[index]?.raw ?? null, letter.event) }));
  await outbox.appendRaw(tx, `${topic}.dead`, first.partition, onWire);
}

/** What another producer sent may be larger than we may send on. */
const eventOnWire = (event: unknown, text: string): unknown =>
  Buffer.byteLength(text) > mostEventBytes ? `${text.slice(0, shownOfLargeEvent)} … (cut; whole in dead_letters)` : event;

export interface SentAgain {
  readonly applied: number;
  readonly stillDead: number;
}

interface Receiver {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly group: string;
}

/** Applies a consumer's dead letters again (all when no ids are named), each in a transaction of its own. */
export async function sendAgain(
  { database, outbox, group: consumer }: Receiver,
  handlers: ReadonlyMap<string, TopicHandler>,
  ids?: readonly string[],
): Promise<SentAgain> {
  const letters = await database.query<{ id: string }>(
    'SELECT id FROM dead_letters WHERE consumer = $1 AND sent_again_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2)) ORDER BY id',
    [consumer, ids ?? null],
  );
  let applied = 0;
  for (const { id } of letters) applied += (await applyAgain({ database, outbox }, handlers, id)) ? 1 : 0;
  return { applied, stillDead: letters.length - applied };
}

function applyAgain(
  { database, outbox }: Omit<Receiver, 'group'>,
  handlers: ReadonlyMap<string, TopicHandler>,
  id: string,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    const [letter] = await tx.query<{ topic: string; event: string }>(
      'SELECT topic, event FROM dead_letters WHERE id = $1 AND sent_again_at IS NULL FOR UPDATE',
      [id],
    );
    const handler = handlers.get(letter?.topic ?? '');
    if (letter === undefined || handler === undefined) return false;
    const event = { raw: JSON.parse(letter.event) as unknown, partition: 0, offset: '' };
    const [casualty] = await applyEvents(tx, handler, [event], new DeadRun(letter.topic, 0), byHalves(outbox));
    const outcome = casualty === undefined ? 'sent_again_at = now()' : 'attempts = attempts + 1';
    await tx.query(`UPDATE dead_letters SET ${outcome}, reason = coalesce($2, reason) WHERE id = $1`, [id, casualty?.reason ?? null]);
    return casualty === undefined;
  });
}
