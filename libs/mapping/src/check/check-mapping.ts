import type { MappingRule } from '@kontaktor/domain';
import type { FieldSet, MappableField } from '../field-type';
import { derivedFields } from '../fields/derived-fields';
import { misfit, typeAfter } from './fitting-types';
import { unknownField } from './suggest-field';

/**
 * All that is wrong with the mapping of a link, each with its place: `mapping[3].to: Ecomail has no field "prijmeni"; did you mean
 * "lastName"?` Empty when it can run.
 */
export function checkMapping(rules: readonly MappingRule[], source: FieldSet, destination: FieldSet): readonly string[] {
  const readable: FieldSet = { title: source.title, fields: { ...derivedFields, ...source.fields } };
  return rules.flatMap((rule, index) => {
    const place = `mapping[${index}]`;
    const twin = rules.findIndex(({ to }) => to === rule.to);
    const doubled = twin === index ? [] : [`${place}.to: "${rule.to}" is filled by mapping[${twin}] already; one field takes one rule`];
    return [...targetProblems(place, rule, destination), ...doubled, ...sourceProblems(place, rule, readable, destination)];
  });
}

function targetProblems(place: string, { to, maxLength }: MappingRule, { title, fields }: FieldSet): string[] {
  const problems: string[] = [];
  const target = fieldOf(fields, to);
  if (target === undefined) problems.push(`${place}.to: ${unknownField(title, to, fields)}`);
  else if (!target.writable) problems.push(`${place}.to: the field "${to}" of ${title} can be read only`);
  if (maxLength !== undefined && !(Number.isInteger(maxLength) && maxLength > 0)) {
    problems.push(`${place}.maxLength: must be a whole number of characters, 1 or more`);
  }
  return problems;
}

function sourceProblems(place: string, rule: MappingRule, source: FieldSet, destination: FieldSet): string[] {
  const names = typeof rule.from === 'string' ? [rule.from] : rule.from;
  if (names.length === 0) return [`${place}.from: names no field of ${source.title}; name at least one`];
  const target = fieldOf(destination.fields, rule.to);
  return names.flatMap((name, index) => {
    const at = typeof rule.from === 'string' ? `${place}.from` : `${place}.from[${index}]`;
    const field = fieldOf(source.fields, name);
    if (field === undefined) return [`${at}: ${unknownField(source.title, name, source.fields)}`];
    const problem = target === undefined ? undefined : misfit(typeAfter(field.type, rule.normalise ?? []), target.type);
    return problem === undefined ? [] : [`${at}: "${name}" does not fit "${rule.to}" of ${destination.title}: ${problem}`];
  });
}

const fieldOf = (fields: FieldSet['fields'], name: string): MappableField | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;
