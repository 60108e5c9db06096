import type { ScenarioName } from '../arguments';
import { budgets } from './budgets';
import type { Line, Measured } from './result';

/** A table for people: each figure with its budget beside it, then the rows written. */
export function tableOf(scenario: ScenarioName, line: Line, { rowWrites = {}, problems }: Measured): string {
  const figures = Object.entries(line).map(([name, value]) => {
    const budget = budgets[scenario][name];
    if (budget === undefined || typeof value !== 'number') return row(name, value);
    return row(name, value, budget.text, budget.isKept(value, line) ? 'kept' : 'over');
  });
  const writes = Object.entries(rowWrites);
  const total = writes.reduce((sum, [, count]) => sum + count, 0);
  return [
    ...figures,
    ...(writes.length === 0 ? [] : ['', row('rows written a contact', total.toFixed(2))]),
    ...writes.map(([table, count]) => row(`  ${table}`, count.toFixed(2))),
    ...problems.map((problem) => `WRONG: ${problem}`),
  ].join('\n');
}

const row = (name: string, value: string | number, budget = '', verdict = ''): string =>
  `${name.padEnd(44)}${String(value).padStart(14)}   ${budget.padEnd(26)}${verdict}`.trimEnd();
