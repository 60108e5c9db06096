import { z } from 'zod';
import type { Problem } from '../http/refusal';
import { suggestion } from './closest';
import { placeOf } from './place';

type Issue = z.core.$ZodIssue;

const nameOf: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'a group of keys' },
  ...{ record: 'a group of keys' },
};

/** A zod issue in plain words. `root` is the schema that was asked: unknown keys are compared with the keys it knows there. */
export function problemsOf(issue: Issue, root: z.ZodType, prefix: readonly PropertyKey[]): readonly Problem[] {
  const path = [...prefix, ...issue.path];
  const at = (problem: string): readonly Problem[] => [{ place: placeOf(path), problem }];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ place: placeOf([...path, key]), problem: unknownKey(key, keysAt(root, issue.path, issue.input)) }));
    case 'invalid_type':
      return at(issue.input === undefined ? 'is missing' : `must be ${nameOf[issue.expected] ?? issue.expected}`);
    case 'invalid_value':
      return at(issue.input === undefined ? 'is missing' : `must be ${issue.values.map(String).join(', ')}`);
    case 'invalid_union':
      return unionProblems(issue, root, path, prefix);
    case 'invalid_key':
      return at('must have a name of small letters, digits and dashes');
    default:
      return at(issue.message);
  }
}

const unknownKey = (key: string, known: readonly string[]): string => `is not known${suggestion(key, known)}`;

/** What a value that is one of several kinds says of itself. */
const kindOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined);

function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: z.ZodType,
  path: readonly PropertyKey[],
  prefix: readonly PropertyKey[],
): readonly Problem[] {
  if (issue.input === undefined) return [{ place: placeOf(path), problem: 'is missing' }];
  const branch = closestBranch(issue.errors);
  if (branch === undefined) return [{ place: placeOf(path), problem: `must have a kind: ${kindsAt(root, issue.path).join(', ')}` }];
  return branch.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, root, prefix));
}

/** The branch that was probably meant: one whose value has the right kind, and then the fewest faults. */
function closestBranch(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const isWrongKind = (branch: readonly Issue[]): number =>
    branch.some(({ code, path }) => code.startsWith('invalid_') && path.length === 0) ? 1 : 0;
  return [...errors].sort((a, b) => isWrongKind(a) - isWrongKind(b) || a.length - b.length)[0];
}

/** Keys that `value` may have at a path: where its kind is known, those of that kind. */
function keysAt(root: z.ZodType, path: readonly PropertyKey[], value: unknown): readonly string[] {
  const objects = schemasAt(root, path).filter((schema) => schema instanceof z.ZodObject);
  const same = objects.filter(({ shape }) => kindsOf(shape).includes(String(kindOf(value))));
  return [...new Set((same.length > 0 ? same : objects).flatMap(({ shape }) => Object.keys(shape)))];
}

function kindsOf(shape: object): readonly string[] {
  const kind: unknown = Reflect.get(shape, 'kind');
  return kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
}

function kindsAt(root: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  return schemasAt(root, path.slice(0, -1)).flatMap((schema) => (schema instanceof z.ZodObject ? kindsOf(schema.shape) : []));
}

/** Every schema that could stand at a path, through defaults, options and unions. */
function schemasAt(root: unknown, path: readonly PropertyKey[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>((schemas, step) => schemas.flatMap((schema) => below(schema, step)), unfold(root));
}

function below(schema: unknown, step: PropertyKey): readonly unknown[] {
  if (schema instanceof z.ZodObject) return unfold(Reflect.get(schema.shape, step));
  if (schema instanceof z.ZodArray) return unfold(schema.element);
  return schema instanceof z.ZodRecord ? unfold(schema.valueType) : [];
}

function unfold(schema: unknown): readonly unknown[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unfold(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unfold(option));
  return schema === undefined ? [] : [schema];
}
