import type { PlacedProblem } from '@kontaktor/contracts';

/** What the user is told instead of a stack: what, where, what to do. Ends the command with code 1. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly problems: readonly PlacedProblem[] = [],
  ) {
    super(message);
    this.name = 'Failure';
  }
}

/** Code of an error of the operating system: `ENOENT`. */
export const systemCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
