import type { Condition, FilterExpression } from './expression';
import { evaluate } from './evaluate';
import type { FilterView } from './filter-view';

const longestValue = 60;

/**
 * The conditions that made a filter come out as it did not have to, with what was seen: `city = "Praha" (city: "Brno"); tag "VIP" (tag: none)`. Written in
 * the words of the filter itself, so that it reads the same in every language.
 */
export function explainFalse(expression: FilterExpression, view: FilterView): string {
  return failures(expression, true, view).join('; ');
}

function failures(expression: FilterExpression, wanted: boolean, view: FilterView): string[] {
  if (evaluate(expression, view) === wanted) return [];
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.flatMap((part) => failures(part, wanted, view));
    case 'not':
      return failures(expression.part, !wanted, view);
    default:
      return [`${expression.text} (${seen(expression, view)})`];
  }
}

function seen(condition: Condition, view: FilterView): string {
  if (condition.kind === 'tag') return `tag: ${listed(view.tags)}`;
  return `${condition.field.name}: ${listed(view.values(condition.field))}`;
}

const listed = (values: readonly (string | number | boolean)[]): string => values.map(quoted).join(', ') || 'blank';

function quoted(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const characters = [...value];
  return characters.length > longestValue ? `"${characters.slice(0, longestValue).join('')}…"` : `"${value}"`;
}
