import { z } from 'zod';

/** Every schema that could stand at a path, through defaults, options and unions. */
export function schemasAt(root: z.ZodType, path: readonly PropertyKey[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>((schemas, step) => schemas.flatMap((schema) => schemasBelow(schema, step)), unfold(root));
}

/** Every schema that could stand one step below. */
export function schemasBelow(schema: unknown, step: PropertyKey): readonly unknown[] {
  if (schema instanceof z.ZodObject) return unfold(Object.hasOwn(schema.shape, step) ? Reflect.get(schema.shape, step) : undefined);
  if (schema instanceof z.ZodArray) return unfold(schema.element);
  return schema instanceof z.ZodRecord ? unfold(schema.valueType) : [];
}

/** The schemas that a schema is one of. */
export function unfold(schema: unknown): readonly unknown[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unfold(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unfold(option));
  return schema === undefined ? [] : [schema];
}

/** Keys that a value may have by some schemas: where its kind is known, those of that kind. */
export function keysOfValue(schemas: readonly unknown[], value: unknown): readonly string[] {
  const objects = schemas.filter((schema) => schema instanceof z.ZodObject);
  const same = objects.filter(({ shape }) => kindsOf(shape).includes(String(kindOf(value))));
  return [...new Set((same.length > 0 ? same : objects).flatMap(({ shape }) => Object.keys(shape)))];
}

/** The kinds that a value can be, where it is one of several. */
export const kindsIn = (schemas: readonly unknown[]): readonly string[] =>
  schemas.flatMap((schema) => (schema instanceof z.ZodObject ? kindsOf(schema.shape) : []));

/** What a value that is one of several kinds says of itself. */
const kindOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined);

function kindsOf(shape: object): readonly string[] {
  const kind: unknown = Reflect.get(shape, 'kind');
  return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
}
