import { v7 as uuidv7 } from 'uuid';
import type { TopicDefinition } from './define-topic';
import type { Envelope, EventOf } from './envelope';

export interface EventOrigin {
  readonly workspaceId: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** Makes an event of a topic. Pass the event that caused it as `cause` to carry its correlation on. */
export function createEvent<Data>(topic: TopicDefinition<Data>, origin: EventOrigin, data: Data, id: string = uuidv7()): EventOf<Data> {
  return {
    id,
    type: topic.name,
    version: topic.version,
    workspaceId: origin.workspaceId,
    occurredAt: new Date().toISOString(),
    correlationId: origin.correlationId ?? id,
    ...(origin.causationId === undefined ? {} : { causationId: origin.causationId }),
    data,
  };
}

/** Origin of what follows from `cause`. */
export function causedBy(cause: Envelope): EventOrigin {
  return { workspaceId: cause.workspaceId, correlationId: cause.correlationId, causationId: cause.id };
}
