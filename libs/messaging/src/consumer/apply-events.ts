import { isDatabaseUnavailable, isSerializationFailure, type Tx } from '@kontaktor/persistence';
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

interface ParsedEvent extends PositionedEvent {
  readonly event: unknown;
}

/** Applies events in order and answers those that cannot be applied. Each failing set is rolled back to its savepoint and halved. */
export async function applyEvents(tx: Tx, handler: TopicHandler, events: readonly PositionedEvent[]): Promise<readonly Casualty[]> {
  const casualties: Casualty[] = [];
  const readable: ParsedEvent[] = [];
  for (const positioned of events) {
    const parsed = handler.parse(positioned.raw);
    if (parsed.ok) readable.push({ ...positioned, event: parsed.event });
    else casualties.push({ ...positioned, reason: parsed.problem, attempts: 1 });
  }
  await applyHalving(tx, handler, readable, casualties, 1);
  return casualties;
}

async function applyHalving(
  tx: Tx,
  handler: TopicHandler,
  events: readonly ParsedEvent[],
  casualties: Casualty[],
  attempt: number,
): Promise<void> {
  if (events.length === 0) return;
  await tx.query('SAVEPOINT chunk');
  try {
    await handler.handle(
      events.map(({ event }) => event),
      tx,
    );
    await tx.query('RELEASE SAVEPOINT chunk');
    return;
  } catch (error) {
    if (isDatabaseUnavailable(error) || isSerializationFailure(error)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT chunk');
    const [only] = events;
    if (events.length === 1 && only !== undefined) {
      casualties.push({ ...only, reason: error instanceof Error ? error.message : String(error), attempts: attempt });
      return;
    }
  }
  const middle = Math.ceil(events.length / 2);
  await applyHalving(tx, handler, events.slice(0, middle), casualties, attempt + 1);
  await applyHalving(tx, handler, events.slice(middle), casualties, attempt + 1);
}
