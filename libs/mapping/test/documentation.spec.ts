import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliserNames, type Fields, type MappingRule } from '@kontaktor/domain';
import { linkRules, normalise, parseFilter, splitName } from '../src/index';
import { linkWith, profileWith } from './link-and-profile';

const page = readFileSync(join(__dirname, '../../../docs/mapping.md'), 'utf8');

const block = (name: string): string => new RegExp(`\`\`\`json ${name}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const withoutMarks = (cell: string): string => (cell === '``' ? '' : cell.replace(/^`(.*)`$/, '$1'));

/** The rows of the table with these heads, their cells without code marks. */
function table(...heads: readonly string[]): string[][] {
  const lines = page.split('\n');
  const head = lines.findIndex((line) => cellsOf(line).join('|') === heads.join('|'));
  const rows = lines.slice(head + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => cellsOf(line).map(withoutMarks));
}

interface RuleExample {
  readonly rule: Omit<MappingRule, 'conflict'>;
  readonly gives?: string | null;
  readonly notice?: string;
}

const fields: Fields = JSON.parse(block('contact'));
const ruleExamples: readonly RuleExample[] = JSON.parse(block('rules'));
const contact = profileWith({ fields, tags: ['VIP', 'partner'], slot: { key: 'r', type: 'email', address: 'Petr@Novak.example' } });

describe('docs/mapping.md', () => {
  it.each(ruleExamples)('[F1] the rule $rule gives $gives', ({ rule, gives, notice }) => {
    const result = linkRules.mapFields(linkWith({ mapping: [{ ...rule, conflict: 'source' }] }), contact);
    expect(result).toEqual({ fields: gives === undefined ? {} : { [rule.to]: gives }, notices: notice === undefined ? [] : [notice] });
  });

  it.each(table('normaliser', 'value', 'becomes'))('[F1] %s makes of %s %s', (name, value = '', becomes = '') => {
    const names = normaliserNames.filter((one) => one === name);
    expect(normalise(value, names)).toBe(becomes);
  });

  it('[F1] shows every normaliser', () => {
    expect([...new Set(table('normaliser', 'value', 'becomes').map(([name]) => name))].sort()).toEqual([...normaliserNames].sort());
  });

  it.each(table('first name', 'last name', 'title before', 'first name', 'last name', 'title after'))(
    '[A8] the name "%s" "%s" has the parts "%s" "%s" "%s" "%s"',
    (firstName = '', lastName = '', ...parts) => {
      const [titleBefore, first, last, titleAfter] = parts;
      expect(splitName({ firstName, lastName })).toEqual({ titleBefore, firstName: first, lastName: last, titleAfter });
    },
  );

  it.each(table('filter', 'holds', 'seen'))('[F1][F8] the filter %s: %s', (filter, holds, seen) => {
    expect(linkRules.evaluateFilter(linkWith({ filter }), contact)).toEqual({ value: holds === 'yes', saw: seen === '' ? 'holds' : seen });
  });

  it.each(table('filter', 'problem'))('[F1] the filter %s is refused: %s', (filter = '', problem) => {
    const parsed = parseFilter(filter);
    expect(parsed.ok || parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([problem]);
  });
});
