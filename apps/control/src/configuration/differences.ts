import { isDeepStrictEqual } from 'node:util';
import { placeOf } from '../document/place';

/** Places where two JSON values differ, down to the smallest key; lists are compared whole. */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): readonly string[] {
  if (isDeepStrictEqual(plain(before), plain(after))) return [];
  if (!isGroup(before) || !isGroup(after)) return [placeOf(path)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
}

/** As JSON has it: keys that are undefined are not there. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
