import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { asyncApiDocument } from './async-api-document';
import { breakingChanges } from './breaking-changes';

const topicOf = <Shape extends z.ZodType>(data: Shape, example: z.infer<Shape>, name = 'thing.changed') =>
  asyncApiDocument([defineTopic({ name, data, key: () => 'thing', example })]);

const base = { id: z.string(), note: z.string().optional(), kind: z.enum(['a', 'b']), parts: z.array(z.object({ size: z.number() })) };
const example = { id: '1', kind: 'a' as const, parts: [] };
const before = topicOf(z.object(base), example);
const breaksWith = (shape: z.ZodRawShape, more: object = {}) => {
  const data: z.ZodType = z.object(shape);
  return breakingChanges(before, topicOf(data, { ...example, ...more }));
};
const { id: _id, ...withoutId } = base;
const { note: _note, ...withoutNote } = base;

describe('a change of a topic', () => {
  it.each([
    ['a field that is gone', withoutId, ['thing.changed.data.id: is gone']],
    ['an optional field that is gone', withoutNote, ['thing.changed.data.note: is gone']],
    ['another type', { ...base, id: z.number() }, ['thing.changed.data.id: was string and is number']],
    [
      'another type inside a list',
      { ...base, parts: z.array(z.object({ size: z.string() })) },
      ['thing.changed.data.parts[].size: was number and is string'],
    ],
    ['a new required field', { ...base, more: z.string() }, ['thing.changed.data.more: is required and was not']],
    ['an optional field that is required now', { ...base, note: z.string() }, ['thing.changed.data.note: is required and was not']],
    [
      'a required field that may be missing',
      { ...base, id: z.string().optional() },
      ['thing.changed.data.id: was always there and may be missing'],
    ],
    ['a word less', { ...base, kind: z.enum(['a']) }, ['thing.changed.data.kind: may no longer be b']],
    ['a narrower value', { ...base, id: z.string().min(3) }, ['thing.changed.data.id: minLength is narrower or other']],
    ['a value that may be null', { ...base, id: z.string().nullable() }, ['thing.changed.data.id: was string and is string,null']],
  ])('[F17] breaks a reader: %s', (_what, shape, breaks) => {
    expect(breaksWith(shape)).toEqual(breaks);
  });

  it('[F17] breaks no reader when it adds what may be missing, or a word', () => {
    expect(breaksWith(base)).toEqual([]);
    expect(breaksWith({ ...base, more: z.string().optional(), kind: z.enum(['a', 'b', 'c']) })).toEqual([]);
  });

  it('[F17] of several forms breaks a reader when one is lost or changed, not when one is added', () => {
    const form = (kind: string, more: z.ZodRawShape = {}) => z.object({ kind: z.literal(kind), ...more });
    const forms = (...all: [z.ZodType, ...z.ZodType[]]) => topicOf(z.object({ id: z.union(all) }), { id: { kind: 'a' } });
    const two = forms(form('a'), form('b'));
    expect(breakingChanges(two, forms(form('b'), form('a'), form('c')))).toEqual([]);
    expect(breakingChanges(two, forms(form('a'), form('c')))).toEqual([expect.stringContaining('may no longer be b')]);
    expect(breakingChanges(two, forms(form('a', { more: z.string() }), form('b')))).toEqual([
      expect.stringContaining('more: is required and was not'),
    ]);
  });

  it('[F17] breaks a reader when the topic is gone or its key is another', () => {
    expect(breakingChanges(before, topicOf(z.object(base), example, 'other'))).toEqual(['thing.changed: the topic is gone']);
    const keyed = asyncApiDocument([defineTopic({ name: 'thing.changed', data: z.object(base), key: ({ id }) => id, example })]);
    expect(breakingChanges(before, keyed)).toEqual(['thing.changed: the key was {workspaceId}/thing and is {workspaceId}/{id}']);
  });
});
