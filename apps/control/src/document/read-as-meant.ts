import { z } from 'zod';
import type { Problem } from '../http/refusal';
import { nearest } from './closest';
import { unknownKey } from './issue-to-problems';
import { placeOf } from './place';
import { keysOfValue, schemasBelow, unfold } from './schemas-at';

/** A document with its misspelt keys read as the keys that were meant, so that a slip is one problem and not many. */
export interface ReadAsMeant {
  readonly value: unknown;
  /** The misspelt keys, told as such, where they are written. */
  readonly problems: readonly Problem[];
  /** The place as it is written for one as it was read. */
  written(place: string): string;
}

interface Reading {
  readonly problems: Problem[];
  readonly renamed: { readonly read: string; readonly written: string }[];
}

/** Keys that are nearly ones that the schema knows there, and that are absent, count as those. */
export function readAsMeant(schema: z.ZodType, value: unknown): ReadAsMeant {
  const reading: Reading = { problems: [], renamed: [] };
  const read = walk(reading, unfold(schema), value, { read: [], written: [] });
  const deepestFirst = [...reading.renamed].sort((a, b) => b.read.length - a.read.length);
  const written = (place: string): string => {
    const found = deepestFirst.find(({ read: from }) => isWithin(place, from));
    return found === undefined ? place : `${found.written}${place.slice(found.read.length)}`;
  };
  return { value: read, problems: reading.problems, written };
}

interface Path {
  readonly read: readonly PropertyKey[];
  readonly written: readonly PropertyKey[];
}

function walk(reading: Reading, schemas: readonly unknown[], value: unknown, path: Path): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const below = (step: PropertyKey): readonly unknown[] => schemas.flatMap((schema) => schemasBelow(schema, step));
  const deeper = (read: PropertyKey, written: PropertyKey): Path => ({ read: [...path.read, read], written: [...path.written, written] });
  if (Array.isArray(value)) return value.map((item: unknown, index) => walk(reading, below(index), item, deeper(index, index)));
  const known = schemas.some((schema) => schema instanceof z.ZodRecord) ? undefined : keysOfValue(schemas, value);
  const taken = new Set(Object.keys(value));
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const meant = known === undefined ? key : meantKey(key, known, taken);
    const at = deeper(meant, key);
    if (known !== undefined && meant !== key) note(reading, at, unknownKey(key, known));
    return [meant, walk(reading, below(meant), inner, at)];
  });
  return Object.fromEntries(entries);
}

function meantKey(key: string, known: readonly string[], taken: Set<string>): string {
  const meant = known.includes(key) ? undefined : nearest(key, known);
  if (meant === undefined || taken.has(meant)) return key;
  taken.add(meant);
  return meant;
}

function note({ problems, renamed }: Reading, path: Path, problem: string): void {
  const written = placeOf(path.written);
  renamed.push({ read: placeOf(path.read), written });
  problems.push({ place: written, problem });
}

/** Whether a place is another, or inside it. */
const isWithin = (place: string, outer: string): boolean =>
  place === outer || (place.startsWith(outer) && ['.', '['].includes(place.charAt(outer.length)));
