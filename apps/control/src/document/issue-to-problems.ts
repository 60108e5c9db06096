import { eitherOf } from '@kontaktor/config';
import { z } from 'zod';
import type { Problem } from '../http/refusal';
import { nearest, suggestion } from './closest';
import { placeOf } from './place';
import { keysOfValue, kindsIn, schemasAt } from './schemas-at';

type Issue = z.core.$ZodIssue;
type Union = Extract<Issue, { code: 'invalid_union' }>;

/** A zod issue in plain words. `root` is the schema that was asked: unknown keys are compared with the keys it knows there. */
export function problemsOf(issue: Issue, root: z.ZodType, prefix: readonly PropertyKey[]): readonly Problem[] {
  const path = [...prefix, ...issue.path];
  const at = (problem: string): readonly Problem[] => [{ place: placeOf(path), problem }];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysOfValue(schemasAt(root, issue.path), issue.input);
      return issue.keys.map((key) => ({ place: placeOf([...path, key]), problem: unknownKey(key, known) }));
    }
    case 'invalid_union':
      return unionProblems(issue, root, prefix);
    case 'invalid_value':
      return at(`${issue.message}${meant(issue)}`);
    default:
      return at(issue.input === undefined && issue.code === 'invalid_type' ? 'is missing' : issue.message);
  }
}

export const unknownKey = (key: string, known: readonly string[]): string => `is not known${suggestion(key, known)}`;

/** A word that is nearly one of those that may stand there. */
function meant({ input, values }: Extract<Issue, { code: 'invalid_value' }>): string {
  const word = typeof input === 'string' ? nearest(input, values.map(String)) : undefined;
  return word === undefined ? '' : `; did you mean "${word}"?`;
}

function unionProblems(issue: Union, root: z.ZodType, prefix: readonly PropertyKey[]): readonly Problem[] {
  const at = (problem: string): readonly Problem[] => [{ place: placeOf([...prefix, ...issue.path]), problem }];
  if (issue.input === undefined) return at('is missing');
  const kinds = kindsIn(schemasAt(root, issue.path));
  if (kinds.length > 0 && !isGroup(issue.input))
    return at(`must be ${wordsThatMayStand(root, issue)}a group with a kind: ${eitherOf(kinds)}`);
  const branch = closestBranch(issue.errors);
  if (branch === undefined) return at(`must be a kind: ${eitherOf(kindsIn(schemasAt(root, issue.path.slice(0, -1))))}`);
  return branch.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, root, prefix));
}

function wordsThatMayStand(root: z.ZodType, { path }: Union): string {
  const words = schemasAt(root, path).flatMap((schema) => (schema instanceof z.ZodLiteral ? [...schema.values].map(String) : []));
  return words.length === 0 ? '' : `${eitherOf(words)}, or `;
}

/** The branch that was probably meant: one whose value has the right kind, and then the fewest faults. */
function closestBranch(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const isWrongKind = (branch: readonly Issue[]): number =>
    branch.some(({ code, path }) => code.startsWith('invalid_') && path.length === 0) ? 1 : 0;
  return [...errors].sort((a, b) => isWrongKind(a) - isWrongKind(b) || a.length - b.length)[0];
}

const isGroup = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
