import type { MappingRule } from '../link/mapping-rule';
import type { FieldValue } from '../record/field-value';

interface FieldSides {
  /** Value both ends had when we last wrote it; `undefined`: never. */
  readonly agreed: FieldValue | undefined;
  readonly source: FieldValue;
  /** `undefined`: the reading does not cover the field, which says nothing about it. */
  readonly destination: FieldValue | undefined;
}

/** Whether the source's value has to be written (three-way compare). */
export function fieldTravels({ agreed, source, destination }: FieldSides, conflict: MappingRule['conflict']): boolean {
  if (destination === undefined)
    return agreed === undefined ? conflict !== 'fill-if-empty' && !isBlank(source) : !sameValue(agreed, source);
  if (sameValue(source, destination)) return false;
  if (conflict === 'fill-if-empty') return isBlank(destination);
  if (conflict === 'source') return true;
  return agreed === undefined ? isBlank(destination) : sameValue(agreed, destination);
}

export function isBlank(value: FieldValue | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Blank text and null are the same to a destination: both are an empty field. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (isBlank(a) && isBlank(b)) return true;
  return typeof a === 'object' || typeof b === 'object' ? JSON.stringify(a) === JSON.stringify(b) : a === b;
}
