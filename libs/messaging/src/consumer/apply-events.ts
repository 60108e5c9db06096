import { isDatabaseUnavailable, isSerializationFailure, type Tx } from '@kontaktor/persistence';
import type { DeadRun } from './dead-run';
import type { TopicHandler } from './topic-handler';

export interface PositionedEvent {
  readonly raw: unknown;
  readonly partition: number;
  readonly offset: string;
}

export interface Casualty extends PositionedEvent {
  readonly reason: string;
  readonly attempts: number;
}

interface ParsedEvent {
  readonly index: number;
  readonly event: unknown;
}

/**
 * Applies events in order and answers those that cannot be applied, in order. Each failing set is rolled back to its savepoint and halved.
 * Throws when the database is away, and when too many in a row are dead.
 */
export async function applyEvents(
  tx: Tx,
  handler: TopicHandler,
  events: readonly PositionedEvent[],
  run: DeadRun,
): Promise<readonly Casualty[]> {
  const dead = new Map<number, { readonly reason: string; readonly attempts: number }>();
  const bury = (index: number, reason: string, attempts: number): void => {
    dead.set(index, { reason, attempts });
    run.mark(index, reason);
  };
  const readable: ParsedEvent[] = [];
  events.forEach(({ raw }, index) => {
    const parsed = handler.parse(raw);
    if (parsed.ok) readable.push({ index, event: parsed.event });
    else bury(index, parsed.problem, 1);
  });
  await applyHalving(tx, handler, readable, bury, 1);
  return events.flatMap((event, index) => {
    const fate = dead.get(index);
    return fate === undefined ? [] : [{ ...event, ...fate }];
  });
}

async function applyHalving(
  tx: Tx,
  handler: TopicHandler,
  events: readonly ParsedEvent[],
  bury: (index: number, reason: string, attempts: number) => void,
  attempt: number,
): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const failure = await tryToApply(tx, handler, events);
  if (failure === undefined) return;
  if (events.length === 1) {
    bury(first.index, failure.reason, attempt);
    return;
  }
  const middle = Math.ceil(events.length / 2);
  await applyHalving(tx, handler, events.slice(0, middle), bury, attempt + 1);
  await applyHalving(tx, handler, events.slice(middle), bury, attempt + 1);
}

/** Answers what was wrong when the events, or our handling of them, are to blame. */
async function tryToApply(tx: Tx, handler: TopicHandler, events: readonly ParsedEvent[]): Promise<{ reason: string } | undefined> {
  await tx.query('SAVEPOINT chunk');
  try {
    await handler.handle(
      events.map(({ event }) => event),
      tx,
    );
    await tx.query('RELEASE SAVEPOINT chunk');
    return undefined;
  } catch (error) {
    if (isDatabaseUnavailable(error) || isSerializationFailure(error)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT chunk');
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
