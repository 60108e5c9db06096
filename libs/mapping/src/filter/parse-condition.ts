import { comparisons, type Comparison, type Condition, type FilterField, type Literal } from './expression';
import { parseList, parseLiteral } from './parse-literal';
import type { TokenReader } from './token-reader';

export type Parsed = { readonly condition: Condition; readonly negated: boolean };

const ordered: readonly Comparison[] = ['<', '<=', '>', '>='];
const ofText: readonly Comparison[] = ['contains', 'starts with', 'ends with'];
const expectedOperator = 'expected a comparison (=, !=, <, <=, >, >=, contains, starts with, ends with, in, is blank, is not blank)';

/** One condition: `tag "VIP"`, `city = "Praha"`, `company is not blank`, `domain not in ["seznam.cz"]`. */
export function parseCondition(reader: TokenReader): Parsed {
  const { start } = reader.next;
  if (reader.accept('tag')) return { condition: { kind: 'tag', anyOf: parseTags(reader), text: reader.since(start) }, negated: false };
  const field = parseField(reader);
  if (reader.accept('is')) {
    const negated = reader.accept('not');
    if (!reader.accept('blank')) reader.fail('expected blank or not blank after is');
    return { condition: { kind: 'blank', field, text: reader.since(start) }, negated };
  }
  const negated = reader.accept('not');
  if (reader.accept('in')) {
    const values = parseList(reader, () => parseLiteral(reader));
    return { condition: { kind: 'in', field, values, text: reader.since(start) }, negated };
  }
  const comparison = parseComparison(reader, negated);
  const value = parseValueFor(comparison, reader);
  return { condition: { kind: 'compare', field, comparison, value, text: reader.since(start) }, negated };
}

function parseTags(reader: TokenReader): readonly string[] {
  const name = (): string => reader.takeKind('string', 'the name of a tag in quotes').value;
  return reader.accept('in') ? parseList(reader, name) : [name()];
}

/** `city`, `"Datum narození"`, `field.city`, `field."Datum narození"`. */
function parseField(reader: TokenReader): FilterField {
  const token = reader.next;
  if (token.kind !== 'word' && token.kind !== 'string') reader.fail('expected a field, tag, not or (');
  reader.take();
  if (token.kind === 'string') return { name: token.value, record: true };
  if (token.value === 'field.') return { name: reader.takeKind('string', 'the name of a field in quotes').value, record: true };
  return token.value.startsWith('field.')
    ? { name: token.value.slice('field.'.length), record: true }
    : { name: token.value, record: false };
}

/** After `not` only words can follow: `not contains` reads well, `not <` does not. */
function parseComparison(reader: TokenReader, negated: boolean): Comparison {
  const possible = negated ? ofText : comparisons;
  const found = possible.find((comparison) => reader.accept(...comparison.split(' ')));
  return found ?? reader.fail(negated ? 'expected in, contains, starts with or ends with after not' : expectedOperator);
}

function parseValueFor(comparison: Comparison, reader: TokenReader): Literal {
  if (ofText.includes(comparison) && reader.next.kind !== 'string') reader.fail(`expected a text in quotes after ${comparison}`);
  const { text } = reader.next;
  if (ordered.includes(comparison) && ['true', 'false'].includes(text.toLowerCase())) {
    reader.fail(`expected a number, a date or a text after ${comparison}`);
  }
  return parseLiteral(reader);
}
