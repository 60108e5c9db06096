import type { FieldDefinition, FieldTable } from '@kontaktor/adapter-kit';
import type { FieldValue } from '@kontaktor/domain';
import type { CustomFields } from './api-types';

/**
 * A custom field belongs to a list, and so does its value: two lists may have one of the same key that hold different things. Our name says
 * which: `list/7/vlastnik`. Keys are lower-cased by Ecomail, older ones are not: they are compared as if they were.
 */
const nameOf = (list: string, key: string): string => `list/${list}/${key.toLowerCase()}`;
const named = /^list\/([^/]+)\/(.+)$/;

/** The list of a custom field; `undefined` for any other field. */
export const listOfField = (name: string): string | undefined => named.exec(name)?.[1];

interface ListWithFields {
  readonly id: number;
  readonly name: string;
  readonly custom_fields: Readonly<
    Record<string, { readonly type?: string | null | undefined; readonly name?: string | null | undefined }>
  >;
}

/** The custom fields of lists, as fields that a link may fill. */
export function customFieldTable(lists: readonly ListWithFields[]): FieldTable {
  const entries = lists.flatMap(({ id, name: list, custom_fields }) =>
    Object.entries(custom_fields).map(([key, { type, name }]): [string, FieldDefinition] => [
      nameOf(String(id), key),
      {
        ...{ type: type === 'int' ? 'number' : type === 'date' ? 'date' : 'text', writable: true },
        label: { en: `${name || key} (list ${list})`, cs: `${name || key} (seznam ${list})` },
      },
    ]),
  );
  return Object.fromEntries(entries);
}

/** Values of a membership; a field that the list defines and the membership does not show is blank. */
export function customValues(list: string, shown: CustomFields, defined: readonly string[]): Record<string, FieldValue> {
  const found = Object.fromEntries(defined.map((key): [string, FieldValue] => [nameOf(list, key), null]));
  for (const [key, value] of Object.entries(shown))
    if (typeof value === 'string' || typeof value === 'number' || value === null) found[nameOf(list, key)] = value;
  return found;
}

/** Wanted values of this list's custom fields, by Ecomail's keys; `undefined`: there are none. */
export function customData(list: string, fields: Readonly<Record<string, FieldValue>>): Record<string, unknown> | undefined {
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const [, where, key] = named.exec(name) ?? [];
    if (where === list && key !== undefined) data[key] = typeof value === 'number' ? value : asText(value);
  }
  return Object.keys(data).length === 0 ? undefined : data;
}

/** A blank clears a field at Ecomail; a missing one leaves it alone. */
export function asText(value: FieldValue): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
