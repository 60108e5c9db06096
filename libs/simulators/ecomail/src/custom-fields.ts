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

type Body = Readonly<Record<string, unknown>>;

const textIn = (body: Body, name: string): string => (typeof body[name] === 'string' ? body[name].trim() : '');

/**
 * What people do by hand in a list's settings: `{action, key, type?, name?, to?}`, action `add`, `rename` (values move along) or `delete`
 * (values go too). Answers what is wrong, or nothing.
 */
export function changeField(list: MailingList, memberships: readonly Membership[], body: Body): string | undefined {
  const key = textIn(body, 'key');
  if (body['action'] === 'add') return addField(list, key, body);
  if (list.custom_fields[key] === undefined) return `there is no custom field ${key} in this list`;
  if (body['action'] === 'rename') return renameField(list, memberships, key, body);
  if (body['action'] !== 'delete') return 'action must be one of add, rename, delete';
  delete list.custom_fields[key];
  for (const { custom_fields: values } of memberships) delete values[key];
  return undefined;
}

function addField(list: MailingList, key: string, body: Body): string | undefined {
  if (key === '' || list.custom_fields[key] !== undefined) return 'key must be a new one';
  list.custom_fields[key] = { type: textIn(body, 'type') || 'string', name: textIn(body, 'name') || key };
  return undefined;
}

function renameField(list: MailingList, memberships: readonly Membership[], key: string, body: Body): string | undefined {
  const to = textIn(body, 'to');
  if (to === '' || list.custom_fields[to] !== undefined) return 'to must be a new key';
  list.custom_fields[to] = { type: list.custom_fields[key]?.type ?? 'string', name: textIn(body, 'name') || to };
  delete list.custom_fields[key];
  for (const { custom_fields: values } of memberships) {
    if (key in values) values[to] = values[key];
    delete values[key];
  }
  return undefined;
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
