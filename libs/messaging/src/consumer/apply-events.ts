import type { Tx } from '@kontaktor/persistence';
import type { DeadRun } from './dead-run';
import type { TopicHandler } from './topic-handler';
import type { ParsedEvent, WayToApply } from './ways-to-apply';

export interface PositionedEvent {
  readonly raw: unknown;
  readonly partition: number;
  readonly offset: string;
}

export interface Casualty extends PositionedEvent {
  readonly reason: string;
  readonly attempts: number;
}

/** Applies events in order and answers those that cannot be applied, in order. Throws when the database is away, and when too many in a row are dead. */
export async function applyEvents(
  tx: Tx,
  handler: TopicHandler,
  events: readonly PositionedEvent[],
  run: DeadRun,
  apply: WayToApply,
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
  await apply(tx, handler, readable, bury);
  return events.flatMap((event, index) => {
    const fate = dead.get(index);
    return fate === undefined ? [] : [{ ...event, ...fate }];
  });
}
