import type { AdapterAnnounced, DescribeAnswer } from '@kontaktor/contracts';
import { fieldTypes, type FieldSet, type FieldType, type MappableField } from '@kontaktor/mapping';

/** One end of a link, as far as checking needs to know it. */
export interface Account {
  readonly connectionId: string;
  readonly adapter: AdapterAnnounced;
  /** What the account offers; absent when it could not be asked (which is a problem of its own). */
  readonly offers?: DescribeAnswer;
}

/** The fields of an account: those of its adapter, its own, and its record types as `record:<type>`; any of its own where it could not be asked. */
export function fieldSetOf({ adapter, offers }: Account): FieldSet {
  const fields = Object.entries(adapter.fields).map(([name, { type, label, writable }]): [string, MappableField] => [
    name,
    { type: typeOf(type), writable, label: { en: label['en'] ?? name, cs: label['cs'] ?? name } },
  ]);
  const records = (offers?.recordTypes ?? []).map(({ key, label, holds }): [string, MappableField] => [
    `record:${key}`,
    { type: typeOf(holds ?? 'text'), writable: false, label: { en: label, cs: label } },
  ]);
  const own = Object.entries(offers?.fields ?? {}).map(([name, field]): [string, MappableField] => [
    name,
    { ...field, type: typeOf(field.type) },
  ]);
  const known = { title: adapter.title, fields: Object.fromEntries([...fields, ...own, ...records]) };
  return offers === undefined ? { ...known, mayHave: (name) => name.startsWith('record:') || isOfList(name) } : known;
}

/** A field of one list of the account: `list/7/owner`. */
export const isOfList = (name: string): boolean => name.startsWith('list/');

const typeOf = (name: string): FieldType => fieldTypes.find((type) => type === name) ?? 'text';
