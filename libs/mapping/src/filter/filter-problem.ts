/** What is wrong with a filter and where; lines and columns count from 1. */
export interface FilterProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Thrown inside the parser, turned into a problem by `parseFilter`. */
export class FilterSyntaxError extends Error {
  /** `offset`: into the text of the filter. */
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
    this.name = 'FilterSyntaxError';
  }
}

export function problemAt(text: string, { offset, message }: FilterSyntaxError): FilterProblem {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1, message };
}
