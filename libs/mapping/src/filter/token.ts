export type TokenKind = 'word' | 'string' | 'number' | 'date' | 'symbol' | 'end';

/** `text` is what stands in the filter, `value` its meaning: a string without quotes or a date as `YYYY-MM-DD`. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}
