import { z } from 'zod';
import { linkShape, mappingRule, partialLinkDocument, type PartialLinkDocument } from './link-document';

export interface SoundPart {
  readonly partial: PartialLinkDocument;
  /** Where the rules of `partial.mapping` stand in the document. */
  readonly rulePositions: readonly number[];
}

/** What can be read of a link with mistakes: each of its keys, and each rule of its mapping, for itself; keys that are not known are left out. */
export function soundPartOf(link: Readonly<Record<string, unknown>>): SoundPart {
  const { mapping, ...rest } = link;
  const sound = Object.entries(linkShape).flatMap(([key, schema]): [string, unknown][] => {
    const value = withoutUnknown(schema, rest[key]);
    return schema.safeParse(value).success ? [[key, value]] : [];
  });
  const rules = (Array.isArray(mapping) ? mapping : []).map((rule: unknown, position) => ({ position, rule: soundRule(rule) }));
  const read = rules.filter(({ rule }) => rule !== undefined);
  const partial = { ...Object.fromEntries(sound), mapping: Array.isArray(mapping) ? read.map(({ rule }) => rule) : undefined };
  return { partial: partialLinkDocument.safeParse(partial).data ?? {}, rulePositions: read.map(({ position }) => position) };
}

/** The two fields of a rule count, whatever else is wrong with it. */
function soundRule(value: unknown): unknown {
  const known = withoutUnknown(mappingRule, value);
  if (mappingRule.safeParse(known).success) return known;
  const fields = mappingRule.pick({ from: true, to: true });
  const ends = withoutUnknown(fields, value, Object.keys(fields.shape));
  return fields.safeParse(ends).success ? ends : undefined;
}

function withoutUnknown(schema: z.ZodType, value: unknown, only?: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const unknown = new Set(only === undefined ? unknownKeys(schema, value) : Object.keys(value).filter((key) => !only.includes(key)));
  return Object.fromEntries(Object.entries(value).filter(([key]) => !unknown.has(key)));
}

function unknownKeys(schema: z.ZodType, value: object): readonly string[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const deep = issues.flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors.flat() : [issue]));
  return deep.flatMap((issue) => (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : []));
}
