import type { FieldValue } from '@kontaktor/domain';
import { isPlaceholder } from './placeholder';

export type Scalar = string | number | boolean;

/** Called when a placeholder is met, so that whoever reads can say so. */
export type OnPlaceholder = () => void;

/**
 * The value to use of a field, of a list the first one: `undefined` when the field is absent (nothing was said), `null` when it is known to be
 * nothing: null, blank text, an empty list, or a placeholder.
 */
export function usableValue(value: FieldValue | undefined, onPlaceholder: OnPlaceholder): Scalar | null | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value !== 'object') return usableScalar(value, onPlaceholder);
  for (const element of value) {
    const usable = usableScalar(element, onPlaceholder);
    if (usable !== null) return usable;
  }
  return null;
}

/** All values to use of a field: several of a list, none of a blank one. */
export function usableValues(value: FieldValue | undefined): readonly Scalar[] {
  if (value === undefined || value === null) return [];
  const values: readonly Scalar[] = typeof value === 'object' ? value : [value];
  return values.filter((one) => usableScalar(one, ignored) !== null);
}

function usableScalar(value: Scalar, onPlaceholder: OnPlaceholder): Scalar | null {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return null;
  if (!isPlaceholder(value)) return value;
  onPlaceholder();
  return null;
}

const ignored: OnPlaceholder = () => undefined;
