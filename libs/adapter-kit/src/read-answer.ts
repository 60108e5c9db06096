import type { z } from 'zod';
import { schemaDrift } from './errors';

/** Where an answer stands: who answered what. */
export interface Answered {
  readonly provider: string;
  /** `a page of contacts` */
  readonly what: string;
}

/**
 * An answer in the shape that it is known to have.
 * @throws AdapterError of kind schema-drift that names the first place where it has another one, and what was seen there: its kind, never the
 * value, which may be personal
 */
export function readAnswer<Shape extends z.ZodType>(shape: Shape, body: unknown, { provider, what }: Answered): z.infer<Shape> {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path ?? [];
  const place = path.length === 0 ? 'the answer' : path.map(String).join('.');
  const expected =
    issue?.code === 'invalid_type' ? `, not ${namesOf[issue.expected] ?? issue.expected}` : ` and ${wordsOf(issue?.message)}`;
  throw schemaDrift(`${provider} answered ${what} in another shape than is known here: ${place} is ${kindAt(body, path)}${expected}`);
}

const namesOf: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false' },
  ...{ array: 'a list', object: 'a group of fields', record: 'a group of fields' },
};

/** A schema's own words (`is not a time`), else that it does not fit. */
const wordsOf = (message: string | undefined): string => (message?.startsWith('is ') === true ? message : 'does not fit');

function kindAt(body: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), body);
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return namesOf[Array.isArray(value) ? 'array' : typeof value] ?? typeof value;
}
