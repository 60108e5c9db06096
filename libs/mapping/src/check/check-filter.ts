import type { FieldSet } from '../field-type';
import { derivedFields } from '../fields/derived-fields';
import { fieldsOf } from '../filter/fields-of';
import { parseFilter } from '../filter/parse-filter';
import { unknownField } from './suggest-field';

/** All that is wrong with the filter of a link, in plain words with the place: its writing, or names that the source does not have. */
export function checkFilter(text: string, source: FieldSet): readonly string[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) return parsed.problems.map(({ line, column, message }) => `filter, line ${line}, column ${column}: ${message}`);
  const fields = { ...derivedFields, ...source.fields };
  const unknown = fieldsOf(parsed.expression).filter((name) => !Object.hasOwn(fields, name) && source.mayHave?.(name) !== true);
  return unknown.map((name) => `filter: ${unknownField(source.title, name, fields)}`);
}
