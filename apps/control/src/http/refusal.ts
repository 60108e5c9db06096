import type { PlacedProblem } from '@kontaktor/contracts';

/** One thing that is wrong, with its place in what was sent: `links.newsletter.tags[1]`. */
export type Problem = PlacedProblem;

const statusOf = {
  'not-valid': 422,
  'bad-request': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  expired: 410,
  'too-many': 429,
  unavailable: 503,
} as const;
export type RefusalCode = keyof typeof statusOf;

/** Why a request is refused, in words for the person who sent it; becomes `{error: {code, message, problems}}`. */
export class Refusal extends Error {
  readonly status: number;

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly problems: readonly Problem[] = [],
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = statusOf[code];
  }
}

export const notFound = (what: string): Refusal => new Refusal('not-found', `There is no ${what} in this workspace.`);

/** All that is wrong with what was sent, at once. */
export function notValid(problems: readonly Problem[]): Refusal {
  const count = problems.length === 1 ? 'One thing is' : `${problems.length} things are`;
  return new Refusal('not-valid', `${count} wrong; nothing was saved.`, problems);
}

/** The value, or the refusal that it is not there. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw notFound(what);
  return value;
}
