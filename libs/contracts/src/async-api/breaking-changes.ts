import type { AsyncApiDocument } from './async-api-document';

type Schema = Readonly<Record<string, unknown>>;

/** Limits of a value: one that is new or other may refuse what was published before. */
const limits = [
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
];

/**
 * What would break a reader: an older one that gets what is published now, or a present one that gets what was published before. Each says where
 * and what. New optional fields, new values of a list of words and new forms are allowed: readers are brought up before writers.
 */
export function breakingChanges(before: AsyncApiDocument, after: AsyncApiDocument): readonly string[] {
  return Object.entries(before.channels).flatMap(([topic, channel]) => {
    const now = after.channels[topic];
    if (now === undefined) return [`${topic}: the topic is gone`];
    const key =
      channel['x-key'] === now['x-key'] ? [] : [`${topic}: the key was ${String(channel['x-key'])} and is ${String(now['x-key'])}`];
    return [...key, ...schemaBreaks(eventOf(before, topic), eventOf(after, topic), topic)];
  });
}

const eventOf = (document: AsyncApiDocument, topic: string): Schema =>
  groupAt(groupAt(document, 'components'), 'schemas', `${topic}.event`);

function groupAt(value: unknown, ...path: readonly string[]): Schema {
  const found = path.reduce<unknown>((inner, key) => (isGroup(inner) ? inner[key] : undefined), value);
  return isGroup(found) ? found : {};
}
const isGroup = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function schemaBreaks(before: Schema, after: Schema, place: string): readonly string[] {
  const forms = [formsOf(before), formsOf(after)] as const;
  if (forms[0].length > 0 || forms[1].length > 0) return formBreaks(forms[0], forms[1], place);
  if (!same(before['type'], after['type'])) return [`${place}: was ${shown(before['type'])} and is ${shown(after['type'])}`];
  const now = wordsOf(after);
  const lost = now === undefined ? [] : (wordsOf(before) ?? ['any other value']).filter((word) => !now.includes(word));
  return [
    ...lost.map((word) => `${place}: may no longer be ${shown(word)}`),
    ...limits
      .filter((limit) => after[limit] !== undefined && !same(after[limit], before[limit]))
      .map((limit) => `${place}: ${limit} is narrower or other`),
    ...fieldBreaks(before, after, place),
    ...innerBreaks(before, after, 'items', `${place}[]`),
    ...innerBreaks(before, after, 'additionalProperties', `${place}.*`),
  ];
}

const formsOf = (schema: Schema): readonly Schema[] => [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].filter(isGroup);
const shown = (value: unknown): string => (value === undefined ? 'of any type' : String(value));
const wordsOf = (schema: Schema): readonly unknown[] | undefined =>
  schema['const'] === undefined ? (Array.isArray(schema['enum']) ? schema['enum'] : undefined) : [schema['const']];

/** Each form that was there must still be there. */
function formBreaks(before: readonly Schema[], after: readonly Schema[], place: string): readonly string[] {
  if (before.length === 0 || after.length === 0) return [`${place}: had ${before.length || 'one'} forms and has ${after.length || 'one'}`];
  return before.flatMap((form, index) => {
    const tries = after.map((one) => schemaBreaks(form, one, `${place}(${index + 1})`));
    return tries.some((breaks) => breaks.length === 0) ? [] : ([...tries].sort((a, b) => a.length - b.length)[0] ?? []);
  });
}

function fieldBreaks(before: Schema, after: Schema, place: string): readonly string[] {
  const [fields, now] = [groupAt(before, 'properties'), groupAt(after, 'properties')];
  const [required, requiredNow] = [listOf(before['required']), listOf(after['required'])];
  const kept = Object.keys(fields).flatMap((name) => {
    const at = `${place}.${name}`;
    if (now[name] === undefined) return [`${at}: is gone`];
    const mayMiss = required.includes(name) && !requiredNow.includes(name) ? [`${at}: was always there and may be missing`] : [];
    return [...mayMiss, ...schemaBreaks(groupAt(fields, name), groupAt(now, name), at)];
  });
  const demanded = requiredNow
    .filter((name) => !required.includes(name))
    .map((name) => `${place}.${String(name)}: is required and was not`);
  return [...kept, ...demanded];
}

function innerBreaks(before: Schema, after: Schema, key: string, place: string): readonly string[] {
  return isGroup(before[key]) || isGroup(after[key]) ? schemaBreaks(groupAt(before, key), groupAt(after, key), place) : [];
}
