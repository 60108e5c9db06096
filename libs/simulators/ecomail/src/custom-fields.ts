import { isObject } from '@kontaktor/simulator-kit';
import type { MailingList, Membership } from './account';
import type { Switches } from './switches';

const mostCharacters = 5000;

export interface FieldValue {
  readonly key: string;
  readonly value: unknown;
  readonly type: string;
}

/** Values as sent: a scalar, or `{value, type}`. Keys are trimmed and, by default, lower-cased. */
export function fieldValues(sent: unknown, { keepFieldCase }: Switches): FieldValue[] {
  if (!isObject(sent)) return [];
  return Object.entries(sent).map(([raw, given]) => {
    const key = keepFieldCase ? raw.trim() : raw.trim().toLowerCase();
    const value = isObject(given) ? given['value'] : given;
    const type = isObject(given) && typeof given['type'] === 'string' ? given['type'] : Number.isInteger(value) ? 'int' : 'string';
    return { key, value, type };
  });
}

/** What is wrong with them: keys that are the same after trimming, or too much text. */
export function fieldProblem(values: readonly FieldValue[]): string | undefined {
  const keys = values.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return `The custom field ${twice} is a duplicate.`;
  const characters = values.reduce((sum, { value }) => sum + String(value ?? '').length, 0);
  return characters > mostCharacters ? `Custom fields may have ${mostCharacters} characters in total.` : undefined;
}

/** Merged key by key. `create` adds definitions the list lacks; without it their values are dropped, unless the switch keeps them. */
export function writeFields(
  list: MailingList,
  membership: Membership,
  values: readonly FieldValue[],
  create: boolean,
  keep: boolean,
): void {
  for (const { key, value, type } of values) {
    if (list.custom_fields[key] === undefined && create) list.custom_fields[key] = { type, name: key };
    if (list.custom_fields[key] !== undefined || keep) membership.custom_fields[key] = value;
  }
}
