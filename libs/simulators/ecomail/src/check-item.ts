import { isObject } from '@kontaktor/simulator-kit';
import { fieldProblem, fieldValues } from './custom-fields';
import type { Switches } from './switches';

export type Problems = Record<string, string[]>;

const longestTag = 50;
const mostTagText = 2000;
export const singleStatuses: readonly number[] = [1, 2, 4, 5, 6];
export const bulkStatuses: readonly number[] = [1, 2, 4];

const isAddress = (email: unknown): boolean => typeof email === 'string' && /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$/.test(email.trim());

/** What is wrong with a subscriber as sent, by field; empty when nothing is. */
export function problemsOf(data: unknown, statuses: readonly number[], switches: Switches): Problems {
  if (!isObject(data)) return { email: ['The email field is required.'] };
  const fields = fieldProblem(fieldValues(data['custom_fields'], switches));
  const found: [string, string | undefined][] = [
    ['email', isAddress(data['email']) ? undefined : 'The email must be a valid email address.'],
    ['tags', tagProblem(data['tags'])],
    ['status', statusProblem(data['status'], statuses)],
    ['custom_fields', fields],
  ];
  return Object.fromEntries(found.flatMap(([name, problem]) => (problem === undefined ? [] : [[name, [problem]]])));
}

function tagProblem(tags: unknown): string | undefined {
  if (tags === undefined || tags === null) return undefined;
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== 'string')) return 'The tags must be an array of texts.';
  const lengths = tags.map((tag: string) => [...tag].length);
  if (lengths.some((length) => length > longestTag)) return `A tag may not be greater than ${longestTag} characters.`;
  return lengths.reduce((sum, length) => sum + length, 0) > mostTagText ? `Tags may have ${mostTagText} characters in total.` : undefined;
}

/** A whole number, or one in text, as the vendor's own modules send it. */
function statusProblem(status: unknown, statuses: readonly number[]): string | undefined {
  if (status === undefined || status === null) return undefined;
  return statuses.includes(Number(status)) ? undefined : 'The selected status is invalid.';
}

export const statusOf = (data: Record<string, unknown>): number | undefined =>
  data['status'] === undefined || data['status'] === null ? undefined : Number(data['status']);

export const isEmpty = (problems: Problems): boolean => Object.keys(problems).length === 0;
