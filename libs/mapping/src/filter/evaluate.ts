import { compares } from './compare-value';
import type { Condition, FilterExpression } from './expression';
import type { FilterView } from './filter-view';

/** Whether a filter holds for a profile. A missing field is blank, never an error. */
export function evaluate(expression: FilterExpression, view: FilterView): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.parts.every((part) => evaluate(part, view));
    case 'or':
      return expression.parts.some((part) => evaluate(part, view));
    case 'not':
      return !evaluate(expression.part, view);
    default:
      return holds(expression, view);
  }
}

function holds(condition: Condition, view: FilterView): boolean {
  if (condition.kind === 'tag') return condition.anyOf.some((tag) => view.tags.includes(tag));
  const values = view.values(condition.field);
  switch (condition.kind) {
    case 'blank':
      return values.length === 0;
    case 'in':
      return values.some((value) => condition.values.some((wanted) => compares(value, '=', wanted)));
    case 'compare': {
      const { comparison, value: wanted } = condition;
      return comparison === '!='
        ? !values.some((value) => compares(value, '=', wanted))
        : values.some((value) => compares(value, comparison, wanted));
    }
  }
}
