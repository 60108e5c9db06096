import { normaliseDate } from '../normalise/normalise-date';
import { FilterSyntaxError } from './filter-problem';
import type { Token, TokenKind } from './token';

type Shape = readonly [TokenKind | 'space', RegExp];

/** Asked in this order at each place of the text. */
const shapes: readonly Shape[] = [
  ['space', /\s+/y],
  ['string', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/suy],
  ['date', /\d{4}-\d{2}-\d{2}(?![\p{L}\d])|\d{1,2}\. ?\d{1,2}\. ?\d{4}(?![\p{L}\d])/uy],
  ['number', /-?\d+(?:\.\d+)?(?![\p{L}\d.])/uy],
  ['word', /[\p{L}_][\p{L}\p{M}\p{N}_:.-]*/uy],
  ['symbol', /!=|<=|>=|[=<>()[\],]/y],
];

/** Cuts a filter into tokens. @throws FilterSyntaxError at the first character that starts none. */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const { kind, found } = match(text, offset);
    if (kind !== 'space')
      tokens.push({ kind, text: found, value: valueOf(kind, found, offset), start: offset, end: offset + found.length });
    offset += found.length;
  }
  return [...tokens, { kind: 'end', text: '', value: '', start: text.length, end: text.length }];
}

function match(text: string, offset: number): { kind: Shape[0]; found: string } {
  for (const [kind, shape] of shapes) {
    shape.lastIndex = offset;
    const found = shape.exec(text)?.[0];
    if (found !== undefined) return { kind, found };
  }
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  throw new FilterSyntaxError(offset, explain(character));
}

function explain(character: string): string {
  if (character === '"' || character === "'") return `this text has no closing ${character}`;
  if (/[„“”‚‘’«»]/.test(character)) return `${character} does not start a text: use straight quotes, "…"`;
  if (/\d/.test(character)) return 'this is neither a number (12 or 12.5) nor a date (2025-02-03 or 3. 2. 2025); put text into quotes';
  return `"${character}" means nothing here`;
}

function valueOf(kind: TokenKind, found: string, offset: number): string {
  if (kind === 'string') return found.slice(1, -1).replace(/\\(.)/gsu, '$1');
  if (kind !== 'date') return found;
  const date = normaliseDate(found);
  if (typeof date !== 'string') throw new FilterSyntaxError(offset, `there is no day ${found}`);
  return date;
}
