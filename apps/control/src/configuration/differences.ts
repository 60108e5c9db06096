import type { FieldChange } from '@kontaktor/contracts';
import { isDeepStrictEqual } from 'node:util';
import { placeOf } from '../document/place';

/** Where two JSON values differ and how, down to the smallest key; lists are compared whole. */
export function fieldChanges(before: unknown, after: unknown, path: readonly string[] = []): readonly FieldChange[] {
  const [was, is] = [plain(before), plain(after)];
  if (isDeepStrictEqual(was, is)) return [];
  if (!isGroup(was) || !isGroup(is))
    return [{ field: placeOf(path), ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return keys.flatMap((key) => fieldChanges(was[key], is[key], [...path, key]));
}

/** Only the places. */
export const differences = (before: unknown, after: unknown): readonly string[] => fieldChanges(before, after).map(({ field }) => field);

/** The same without what was and is at secret places. */
export const withoutSecrets = (changes: readonly FieldChange[], secretPlaces: readonly string[]): readonly FieldChange[] =>
  changes.map((change) => (secretPlaces.includes(change.field) ? { field: change.field, secret: true as const } : change));

/** As JSON has it: keys that are undefined are not there. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
