import { z } from 'zod';
import { envelopeShape, type Envelope, type EventOf } from './envelope';

const day = 24 * 60 * 60 * 1000;

export interface TopicDefinition<Data = unknown> {
  readonly name: string;
  readonly version: number;
  readonly compacted: boolean;
  readonly retentionMs: number;
  readonly schema: z.ZodType<EventOf<Data>>;
  /** The key in words, from the fields it is made of: `{workspaceId}/{connectionId}`. */
  readonly keyOf: string;
  /** Message key; begins with the workspace. Everything with one key stays in order. */
  key(event: EventOf<Data>): string;
  /** Committed examples; a test parses each with today's schema. */
  readonly examples: readonly EventOf<Data>[];
}

interface TopicOptions<Shape extends z.ZodType> {
  readonly name: string;
  readonly compacted?: boolean;
  readonly data: Shape;
  readonly key: (data: z.infer<Shape>) => string;
  readonly example: z.infer<Shape>;
}

/** Declares a topic: name, key, schema, type and an example live in this one value; producers and consumers both take it. */
export function defineTopic<Shape extends z.ZodType>(options: TopicOptions<Shape>): TopicDefinition<z.infer<Shape>> {
  const schema: z.ZodType = z.object({ ...envelopeShape, data: options.data });
  return {
    name: options.name,
    version: 1,
    compacted: options.compacted ?? false,
    retentionMs: 14 * day,
    // zod cannot follow optional keys through a generic shape; the shape is the one written above.
    schema: schema as z.ZodType<EventOf<z.infer<Shape>>>,
    keyOf: `{workspaceId}/${options.key(namesOfFields())}`,
    key: (event) => `${event.workspaceId}/${options.key(event.data)}`,
    examples: [{ ...exampleEnvelope, type: options.name, data: options.example }],
  };
}

/** Data whose fields say their own names. */
function namesOfFields<Data>(): Data {
  return new Proxy(Object(undefined), { get: (_, field) => `{${String(field)}}` });
}

const exampleEnvelope: Envelope = {
  id: '019a0000-0000-7000-8000-000000000001',
  type: '',
  version: 1,
  workspaceId: 'main',
  occurredAt: '2026-03-02T08:15:00.000Z',
  correlationId: '019a0000-0000-7000-8000-000000000002',
};
