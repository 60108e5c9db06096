import { isDatabaseUnavailable, isSerializationFailure, type Tx } from '@kontaktor/persistence';
import type { Outbox } from '../outbox/outbox';
import type { TopicHandler } from './topic-handler';

export interface ParsedEvent {
  readonly index: number;
  readonly event: unknown;
}

type Bury = (index: number, reason: string, attempts: number) => void;

/** Hands events to a handler; those at fault are buried. Throws when the database is away. */
export type WayToApply = (tx: Tx, handler: TopicHandler, events: readonly ParsedEvent[], bury: Bury) => Promise<void>;

/** An error of the handler that is blamed on the events: the transaction is to be rolled back. */
export class EventsRefused extends Error {}

const isToBlame = (error: unknown): boolean => !isDatabaseUnavailable(error) && !isSerializationFailure(error);
const hand = (tx: Tx, handler: TopicHandler, events: readonly ParsedEvent[]): Promise<void> =>
  handler.handle(
    events.map(({ event }) => event),
    tx,
  );

/** @throws EventsRefused when any of them is at fault */
export const asWhole: WayToApply = async (tx, handler, events) => {
  if (events.length === 0) return;
  await hand(tx, handler, events).catch((error: unknown) => {
    throw isToBlame(error) ? new EventsRefused('An event cannot be applied.', { cause: error }) : error;
  });
};

/** Each failing set is rolled back to its savepoint and halved until the event at fault is alone. */
export function byHalves(outbox: Outbox): WayToApply {
  const apply = async (tx: Tx, handler: TopicHandler, events: readonly ParsedEvent[], bury: Bury, attempt: number): Promise<void> => {
    const [first] = events;
    if (first === undefined) return;
    const problem = await tryToApply(tx, outbox, handler, events);
    if (problem === undefined) return;
    if (events.length === 1) return bury(first.index, problem, attempt);
    const middle = Math.ceil(events.length / 2);
    await apply(tx, handler, events.slice(0, middle), bury, attempt + 1);
    await apply(tx, handler, events.slice(middle), bury, attempt + 1);
  };
  return (tx, handler, events, bury) => apply(tx, handler, events, bury, 1);
}

/** Answers what was wrong when the events, or our handling of them, are to blame. */
async function tryToApply(tx: Tx, outbox: Outbox, handler: TopicHandler, events: readonly ParsedEvent[]): Promise<string | undefined> {
  await tx.query('SAVEPOINT chunk');
  try {
    await hand(tx, handler, events);
    await outbox.flush(tx);
    await tx.query('RELEASE SAVEPOINT chunk');
    return undefined;
  } catch (error) {
    if (!isToBlame(error)) throw error;
    outbox.forget(tx);
    await tx.query('ROLLBACK TO SAVEPOINT chunk');
    return error instanceof Error ? error.message : String(error);
  }
}
