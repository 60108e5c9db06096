export const comparisons = ['=', '!=', '<', '<=', '>', '>=', 'contains', 'starts with', 'ends with'] as const;
export type Comparison = (typeof comparisons)[number];

/** A field of the source record (`record: true`, written `field.city`) or a name that may also be one of the filter's own (`domain`, `email`). */
export interface FilterField {
  readonly name: string;
  readonly record: boolean;
}

export type Literal =
  | { readonly kind: 'text'; readonly folded: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'boolean'; readonly boolean: boolean };

/** A single condition; `text` is how it stands in the filter. */
export type Condition =
  | { readonly kind: 'tag'; readonly text: string; readonly anyOf: readonly string[] }
  | { readonly kind: 'blank'; readonly text: string; readonly field: FilterField }
  | { readonly kind: 'in'; readonly text: string; readonly field: FilterField; readonly values: readonly Literal[] }
  | {
      readonly kind: 'compare';
      readonly text: string;
      readonly field: FilterField;
      readonly comparison: Comparison;
      readonly value: Literal;
    };

export type FilterExpression =
  | Condition
  | { readonly kind: 'not'; readonly part: FilterExpression }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterExpression[] };
