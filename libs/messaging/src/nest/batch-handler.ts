import type { EventOf, TopicDefinition } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { EventPattern } from '@nestjs/microservices';
import { handlerOf, type TopicHandler } from '../consumer/topic-handler';

/** What a handler method is given through Nest. */
export interface EventBatch {
  readonly events: readonly unknown[];
  readonly tx: Tx;
}

export type BatchResult = { readonly failed: unknown } | undefined;

type Call = (batch: EventBatch) => Promise<BatchResult>;
const handlers = new Map<string, (call: Call) => TopicHandler>();

/**
 * Marks a controller method `(events, tx) => Promise<void>` as the handler of a topic. Errors travel as values: Nest's exception layer would
 * replace them, and the consumer has to tell "database away" from a bad event.
 */
export function BatchHandler<Data>(topic: TopicDefinition<Data>) {
  handlers.set(topic.name, (call) => handlerOf(topic, async (events, tx) => rethrow(await call({ events, tx }))));
  return (target: object, name: string, descriptor: TypedPropertyDescriptor<Method<Data>>): PropertyDescriptor => {
    const original = descriptor.value;
    const wrapped: PropertyDescriptor = { ...descriptor, value: undefined };
    wrapped.value = async function (this: unknown, batch: { events: readonly EventOf<Data>[]; tx: Tx }): Promise<BatchResult> {
      try {
        await original?.call(this, batch.events, batch.tx);
        return undefined;
      } catch (failed) {
        return { failed };
      }
    };
    EventPattern(topic.name)(target, name, wrapped);
    // Returned, not only defined: after its decorators the class is given back the descriptor it began with.
    return wrapped;
  };
}

type Method<Data> = (events: readonly EventOf<Data>[], tx: Tx) => Promise<void>;

function rethrow(result: BatchResult): void {
  if (result !== undefined) throw result.failed;
}

/** The consumer's handler for a topic whose method Nest calls. */
export function handlerThrough(topicName: string, call: Call): TopicHandler {
  const make = handlers.get(topicName);
  if (make === undefined) throw new Error(`Topic ${topicName} has a handler without @BatchHandler.`);
  return make(call);
}
