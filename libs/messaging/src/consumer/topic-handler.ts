import type { EventOf, TopicDefinition } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';

/**
 * Applies events of one topic, in order, up to 500 and more at a time, in the transaction of their inbox rows. Does database work only. An
 * error other than "database away" is blamed on the events: they are halved until the one at fault is alone, and that one goes to `.dead`.
 */
export interface TopicHandler {
  readonly topic: string;
  /** Checks one event against its contract. */
  parse(event: unknown): { readonly ok: true; readonly event: unknown } | { readonly ok: false; readonly problem: string };
  handle(events: readonly unknown[], tx: Tx): Promise<void>;
}

/** Binds a topic to the function that applies its events. */
export function handlerOf<Data>(
  topic: TopicDefinition<Data>,
  handle: (events: readonly EventOf<Data>[], tx: Tx) => Promise<void>,
): TopicHandler {
  return {
    topic: topic.name,
    parse: (event) => {
      const result = topic.schema.safeParse(event);
      if (result.success) return { ok: true, event: result.data };
      return { ok: false, problem: result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') };
    },
    // Only what `parse` let through comes back here.
    handle: (events, tx) => handle(events as readonly EventOf<Data>[], tx),
  };
}
