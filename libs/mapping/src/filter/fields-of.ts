import type { FilterExpression, FilterField } from './expression';

/** Names that a filter knows besides the fields of the source: the profile's own address and its domain. */
export const addressFields = ['email', 'domain'] as const;

export const isAddressField = ({ name, record }: FilterField): boolean => !record && addressFields.some((one) => one === name);

/** The fields a filter asks for, each once, in the order of the filter; without `email` and `domain`, which every profile has. */
export function fieldsOf(expression: FilterExpression): readonly string[] {
  return [...new Set(conditionFields(expression))];
}

function conditionFields(expression: FilterExpression): string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.parts.flatMap(conditionFields);
    case 'not':
      return conditionFields(expression.part);
    case 'tag':
      return [];
    default:
      return isAddressField(expression.field) ? [] : [expression.field.name];
  }
}
