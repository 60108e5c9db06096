import type { NormaliserName } from '@kontaktor/domain';
import type { FieldSet, MappableField } from '../field-type';
import { derivedFields } from '../fields/derived-fields';
import { misfit, typeAfter } from './fitting-types';
import { unknownField } from './suggest-field';

/** A rule as far as it could be read. What could not be read is absent, and told elsewhere. */
export interface ReadableRule {
  readonly from?: string | readonly (string | undefined)[];
  readonly to?: string;
  /** `null`: there are some, and they could not be read. */
  readonly normalise?: readonly NormaliserName[] | null;
  readonly maxLength?: number;
}

/**
 * All that is wrong with the mapping of a link, each with its place: `mapping[3].to: Ecomail has no field "prijmeni"; did you mean
 * "lastName"?` Empty when it can run.
 */
export function checkMapping(rules: readonly (ReadableRule | undefined)[], source: FieldSet, destination: FieldSet): readonly string[] {
  const readable: FieldSet = { ...source, fields: { ...derivedFields, ...source.fields } };
  return rules.flatMap((rule, index) => {
    if (rule === undefined) return [];
    const place = `mapping[${index}]`;
    const twin = rules.findIndex((other) => other !== undefined && other.to === rule.to);
    const doubled =
      twin === index || rule.to === undefined
        ? []
        : [`${place}.to: "${rule.to}" is filled by mapping[${twin}] already; one field takes one rule`];
    return [...targetProblems(place, rule, destination), ...doubled, ...sourceProblems(place, rule, readable, destination)];
  });
}

function targetProblems(place: string, { to, maxLength }: ReadableRule, destination: FieldSet): string[] {
  const problems: string[] = [];
  const { title, fields } = destination;
  const target = fieldOf(fields, to);
  if (target === undefined) problems.push(...unknownAt(`${place}.to`, to, destination));
  else if (!target.writable) problems.push(`${place}.to: the field "${to}" of ${title} can be read only`);
  if (maxLength !== undefined && !(Number.isInteger(maxLength) && maxLength > 0)) {
    problems.push(`${place}.maxLength: must be a whole number of characters, 1 or more`);
  }
  return problems;
}

function sourceProblems(place: string, rule: ReadableRule, source: FieldSet, destination: FieldSet): string[] {
  if (rule.from === undefined) return [];
  const names = typeof rule.from === 'string' ? [rule.from] : rule.from;
  if (names.length === 0) return [`${place}.from: names no field of ${source.title}; name at least one`];
  const target = fieldOf(destination.fields, rule.to);
  return names.flatMap((name, index) => {
    const at = typeof rule.from === 'string' ? `${place}.from` : `${place}.from[${index}]`;
    const field = fieldOf(source.fields, name);
    if (field === undefined) return unknownAt(at, name, source);
    const problem =
      target === undefined || rule.normalise === null ? undefined : misfit(typeAfter(field.type, rule.normalise ?? []), target.type);
    return problem === undefined ? [] : [`${at}: "${name}" does not fit "${rule.to}" of ${destination.title}: ${problem}`];
  });
}

function unknownAt(place: string, name: string | undefined, fieldSet: FieldSet): string[] {
  if (name === undefined || fieldSet.mayHave?.(name) === true) return [];
  return [`${place}: ${unknownField(fieldSet.title, name, fieldSet.fields)}`];
}

const fieldOf = (fields: FieldSet['fields'], name: string | undefined): MappableField | undefined =>
  name !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
