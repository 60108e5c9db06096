import { z } from 'zod';
import { allTopics } from '../all-topics';
import type { EventOf } from '../envelope';
import { traffic } from './traffic';

type Json = Readonly<Record<string, unknown>>;
/** What the document needs of a topic, whatever its data are. */
interface DescribedTopic {
  readonly name: string;
  readonly compacted: boolean;
  readonly retentionMs: number;
  readonly keyOf: string;
  readonly schema: z.ZodType;
  readonly examples: readonly EventOf<unknown>[];
}

export interface AsyncApiDocument extends Json {
  readonly channels: Readonly<Record<string, Json>>;
  readonly operations: Readonly<Record<string, Json>>;
}

const dayMs = 24 * 60 * 60 * 1000;
const compactedWithinMs = 7 * dayMs;

/** The topics, and who sends and receives what, as AsyncAPI 3. */
export function asyncApiDocument(topics: readonly DescribedTopic[] = allTopics): AsyncApiDocument {
  return {
    asyncapi: '3.1.0',
    info: {
      ...{ title: 'Kontaktor', version: '1', license: { name: 'MIT', url: 'https://opensource.org/license/mit' } },
      description:
        'What the services of Kontaktor tell each other. Every message is a parcel: a JSON list of events, in order. A topic keeps its name ' +
        'while each reader of it can go on; anything else is a new topic.',
      tags: Object.entries(traffic).map(([name, { title }]) => ({ name, description: title })),
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(topics.map((topic) => [topic.name, channelOf(topic)])),
    operations: Object.fromEntries(
      Object.entries(traffic).flatMap(([service, { sends, receives }]) => [
        ...sends.map((topic) => operationOf(service, 'send', topic)),
        ...receives.map((topic) => operationOf(service, 'receive', topic)),
      ]),
    ),
    components: { schemas: Object.fromEntries(topics.map((topic) => [schemaName(topic), eventSchema(topic)])) },
  };
}

const schemaName = ({ name }: Pick<DescribedTopic, 'name'>): string => `${name}.event`;

function channelOf(topic: DescribedTopic): Json {
  const { name, compacted, retentionMs, keyOf } = topic;
  const kept = compacted ? { 'max.compaction.lag.ms': compactedWithinMs } : { 'retention.ms': retentionMs };
  return {
    address: name,
    title: name,
    description: `Events with one key stay in order. The key is ${keyOf}.${compacted ? ' Of each key the last event is kept for ever.' : ''}`,
    messages: { parcel: messageOf(topic) },
    bindings: {
      kafka: {
        topic: name,
        topicConfiguration: { 'cleanup.policy': [compacted ? 'compact' : 'delete'], ...kept },
        bindingVersion: '0.5.0',
      },
    },
    'x-key': keyOf,
  };
}

function messageOf(topic: DescribedTopic): Json {
  const { name, compacted, keyOf, examples } = topic;
  const size = compacted ? { maxItems: 1, description: 'One event; none for a key that is no more' } : { minItems: 1 };
  return {
    name: `${name}.parcel`,
    title: `Events of ${name}`,
    contentType: 'application/json',
    headers: {
      type: 'object',
      properties: { id: { type: 'string', format: 'uuid', description: 'Of the parcel: one that comes twice is known by it' } },
      required: ['id'],
    },
    payload: { type: 'array', items: { $ref: `#/components/schemas/${schemaName(topic)}` }, ...size },
    ...(compacted ? { bindings: { kafka: { key: { type: 'string', description: keyOf }, bindingVersion: '0.5.0' } } } : {}),
    examples: examples.map((example) => ({ name: 'committed', headers: { id: example.id }, payload: [example] })),
  };
}

function operationOf(service: string, action: 'send' | 'receive', topic: string): readonly [string, Json] {
  const channel = `#/channels/${topic}`;
  return [
    `${service}.${action}.${topic}`,
    {
      ...{ action, channel: { $ref: channel }, messages: [{ $ref: `${channel}/messages/parcel` }] },
      ...{ title: `${service} ${action}s ${topic}`, summary: `${service} ${action}s ${topic}`, tags: [{ name: service }] },
    },
  ];
}

/** As a reader takes it: what it does not know it leaves aside. */
function eventSchema({ schema }: DescribedTopic): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    ...{ io: 'input', target: 'draft-7', unrepresentable: 'any' },
    override: ({ jsonSchema }) => {
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest;
}
