import { z } from 'zod';

/** Every key of a schema that a user can write, with its default: `links.<id>.mapping[].to`. Groups are told by their keys. */
export function keysOf(schema: unknown, path = '', fallback = 'required'): ReadonlyMap<string, string> {
  if (schema instanceof z.ZodDefault) return keysOf(schema.unwrap(), path, shown(schema.def.defaultValue));
  if (schema instanceof z.ZodOptional) return keysOf(schema.unwrap(), path, 'not given');
  if (schema instanceof z.ZodUnion) return merged(schema.options.map((option) => keysOf(option, path, fallback)));
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) return keysOf(schema.element, `${path}[]`);
  if (schema instanceof z.ZodRecord && !(schema.valueType instanceof z.ZodUnknown)) return keysOf(schema.valueType, `${path}.<id>`);
  if (!(schema instanceof z.ZodObject)) return new Map([[path, fallback]]);
  return merged(Object.entries(schema.shape).map(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`)));
}

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const merged = (maps: readonly ReadonlyMap<string, string>[]): ReadonlyMap<string, string> => new Map(maps.flatMap((map) => [...map]));
