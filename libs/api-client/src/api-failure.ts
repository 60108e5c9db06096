import type { PlacedProblem } from '@kontaktor/contracts';

/** A call that brought no answer to work with. The message is for people. */
export class ApiFailure extends Error {
  constructor(
    message: string,
    readonly problems: readonly PlacedProblem[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ApiFailure';
  }
}

/** Nobody answers at the address. */
export class ApiAway extends ApiFailure {}

/** Kontaktor said no, in its own words. */
export class ApiRefusal extends ApiFailure {
  constructor(
    readonly status: number,
    /** `not-valid`, `conflict`, `unavailable` … */
    readonly code: string,
    message: string,
    problems: readonly PlacedProblem[],
  ) {
    super(message, problems);
  }
}
