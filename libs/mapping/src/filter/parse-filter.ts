import type { FilterExpression } from './expression';
import { FilterSyntaxError, problemAt, type FilterProblem } from './filter-problem';
import { parseCondition } from './parse-condition';
import { TokenReader } from './token-reader';
import { tokenise } from './tokenise';

export type ParsedFilter =
  { readonly ok: true; readonly expression: FilterExpression } | { readonly ok: false; readonly problems: readonly FilterProblem[] };

const longestFilter = 10_000;
const deepestNesting = 50;

/** Reads a filter. `not` binds closer than `and`, `and` closer than `or`. The language is described in docs/mapping.md. */
export function parseFilter(text: string): ParsedFilter {
  try {
    return { ok: true, expression: parseWhole(text) };
  } catch (error) {
    if (error instanceof FilterSyntaxError) return { ok: false, problems: [problemAt(text, error)] };
    throw error;
  }
}

function parseWhole(text: string): FilterExpression {
  if (text.length > longestFilter) throw new FilterSyntaxError(longestFilter, `a filter may have ${longestFilter} characters at most`);
  const [first, ...others] = tokenise(text);
  if (first === undefined || first.kind === 'end') throw new FilterSyntaxError(0, 'expected a condition, but the filter is empty');
  const reader = new TokenReader(text, [first, ...others]);
  const expression = parseOr(reader, 0);
  if (reader.next.kind !== 'end') reader.fail('expected and, or, or the end of the filter');
  return expression;
}

function parseOr(reader: TokenReader, depth: number): FilterExpression {
  const parts = [parseAnd(reader, depth)];
  while (reader.accept('or')) parts.push(parseAnd(reader, depth));
  return joined('or', parts);
}

function parseAnd(reader: TokenReader, depth: number): FilterExpression {
  const parts = [parsePart(reader, depth)];
  while (reader.accept('and')) parts.push(parsePart(reader, depth));
  return joined('and', parts);
}

function parsePart(reader: TokenReader, depth: number): FilterExpression {
  if (depth > deepestNesting) reader.fail(`expected at most ${deepestNesting} levels of parentheses and not`);
  if (reader.accept('not')) return { kind: 'not', part: parsePart(reader, depth + 1) };
  if (reader.accept('(')) {
    const inner = parseOr(reader, depth + 1);
    reader.expect(')', 'to close the parenthesis');
    return inner;
  }
  const { condition, negated } = parseCondition(reader);
  return negated ? { kind: 'not', part: condition } : condition;
}

function joined(kind: 'and' | 'or', parts: FilterExpression[]): FilterExpression {
  const [only, ...others] = parts;
  return only !== undefined && others.length === 0 ? only : { kind, parts };
}
