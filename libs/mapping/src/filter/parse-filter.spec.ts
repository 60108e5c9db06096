import fc from 'fast-check';
import type { FilterExpression } from './expression';
import { fieldsOf } from './fields-of';
import { parseFilter } from './parse-filter';

/** The structure in brackets, conditions as they were written. */
function shape(expression: FilterExpression): string {
  if (expression.kind === 'not') return `!(${shape(expression.part)})`;
  if ('parts' in expression) return `(${expression.parts.map(shape).join(` ${expression.kind} `)})`;
  return expression.text;
}

const shapeOf = (text: string): string => {
  const parsed = parseFilter(text);
  return parsed.ok ? shape(parsed.expression) : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join();
};

describe('parseFilter', () => {
  it.each([
    ['company is not blank and (tag "VIP" or field.city = "Praha")', '(!(company is not blank) and (tag "VIP" or field.city = "Praha"))'],
    ['a = 1 or b = 2 and c = 3', '(a = 1 or (b = 2 and c = 3))'],
    ['not a = 1 and b = 2', '(!(a = 1) and b = 2)'],
    ['NOT (a = 1 OR b = 2)', '!((a = 1 or b = 2))'],
    ['domain not in ["seznam.cz", \'email.cz\']', '!(domain not in ["seznam.cz", \'email.cz\'])'],
    ['"Datum narození" >= 3. 2. 1985', '"Datum narození" >= 3. 2. 1985'],
    ['field."tag" starts  with "x"', 'field."tag" starts  with "x"'],
    ['record:phone is blank', 'record:phone is blank'],
    ['tag in ["a", "b"]', 'tag in ["a", "b"]'],
    ['active = true and x = -1.5', '(active = true and x = -1.5)'],
  ])('[F1] %s', (text, expected) => {
    expect(shapeOf(text)).toBe(expected);
  });

  it.each([
    ['', '1:1 expected a condition, but the filter is empty'],
    [
      'city',
      '1:5 expected a comparison (=, !=, <, <=, >, >=, contains, starts with, ends with, in, is blank, is not blank), but the filter ends',
    ],
    ['city = Praha', '1:8 expected a value: text stands in quotes ("Praha"), but there is Praha'],
    ['city = "Praha', '1:8 this text has no closing "'],
    ['city = „Praha“', '1:8 „ does not start a text: use straight quotes, "…"'],
    ['(city = "Praha"', '1:16 expected ) to close the parenthesis, but the filter ends'],
    ['city = "Praha")', '1:15 expected and, or, or the end of the filter, but there is )'],
    ['company is not blank and\n  tag VIP', '2:7 expected the name of a tag in quotes, but there is VIP'],
    ['city in []', '1:10 expected a value: "text", a number, a date, true or false, but there is ]'],
    ['city in "a"', '1:9 expected [ to start the list, but there is "a"'],
    ['born > 2025-02-30', '1:8 there is no day 2025-02-30'],
    ['age > 12a', '1:7 this is neither a number (12 or 12.5) nor a date (2025-02-03 or 3. 2. 2025); put text into quotes'],
    ['city not = "x"', '1:10 expected in, contains, starts with or ends with after not, but there is ='],
    ['city contains 5', '1:15 expected a text in quotes after contains, but there is 5'],
    ['active > true', '1:10 expected a number, a date or a text after >, but there is true'],
    ['city is empty', '1:9 expected blank or not blank after is, but there is empty'],
    ['city = "a" & zip = "b"', '1:12 "&" means nothing here'],
  ])('[F1] %s is refused, with the place and what was expected', (text, problem) => {
    expect(shapeOf(text)).toBe(problem);
  });

  it('[F1] names the fields it asks for, to be checked', () => {
    const parsed = parseFilter(
      'city = "a" or not (field.email is blank and city = "b") or domain = "x" or tag "t" or "Obor činnosti" in [1]',
    );
    expect(parsed.ok && fieldsOf(parsed.expression)).toEqual(['city', 'email', 'Obor činnosti']);
  });

  it('[F1] no text breaks it, however deep or long', () => {
    expect(shapeOf('('.repeat(5000))).toContain('at most 50 levels');
    expect(shapeOf('not '.repeat(2000))).toContain('at most 50 levels');
    expect(shapeOf(`city = "${'a'.repeat(20_000)}"`)).toContain('10000 characters');
    const pieces = fc.constantFrom(
      'and',
      'or',
      'not',
      '(',
      ')',
      'tag',
      'city',
      '=',
      '"a"',
      '[',
      ']',
      ',',
      'in',
      '1',
      '2025-01-01',
      'is',
      'blank',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join(' ')),
        ),
        (text) => void parseFilter(text),
      ),
    );
  });
});
