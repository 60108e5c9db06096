import type { Literal } from './expression';
import { foldText } from './fold-text';
import type { TokenReader } from './token-reader';

/** Reads a value. @throws FilterSyntaxError when none stands there. */
export function parseLiteral(reader: TokenReader): Literal {
  if (reader.accept('true')) return { kind: 'boolean', boolean: true };
  if (reader.accept('false')) return { kind: 'boolean', boolean: false };
  const { kind, value } = reader.next;
  if (kind === 'word') reader.fail('expected a value: text stands in quotes ("Praha")');
  if (kind !== 'string' && kind !== 'number' && kind !== 'date') reader.fail('expected a value: "text", a number, a date, true or false');
  reader.take();
  if (kind === 'number') return { kind, number: Number(value) };
  return kind === 'date' ? { kind, day: value } : { kind: 'text', folded: foldText(value) };
}

/** `[a, b, …]` with at least one element, each read by `element`. */
export function parseList<T>(reader: TokenReader, element: () => T): readonly [T, ...T[]] {
  reader.expect('[', 'to start the list');
  const elements: [T, ...T[]] = [element()];
  while (reader.accept(',')) elements.push(element());
  reader.expect(']', 'or a comma in the list');
  return elements;
}
