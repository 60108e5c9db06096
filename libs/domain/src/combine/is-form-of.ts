import type { FieldValue } from '../record/field-value';

/**
 * Whether a destination may show `written` as `shown`: the same letters and digits in other case, accents, spacing or punctuation (a phone
 * with spaces, a name in capitals), or cut short. Another word, and nothing at all, is no form of it: then the write did not land.
 */
export function isFormOf(shown: FieldValue, written: FieldValue): boolean {
  if (Array.isArray(written) || Array.isArray(shown) || written === null || shown === null) return false;
  const [a, b] = [folded(shown), folded(written)];
  return a !== '' && (a === b || (a.length >= leastCut && b.startsWith(a)));
}

/** A cut that leaves less is no cut but another value. */
const leastCut = 20;

const folded = (value: FieldValue): string =>
  String(value)
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
