import type { NormaliserName } from '@kontaktor/domain';
import { capitalise } from './capitalise';
import { normaliseDate } from './normalise-date';
import { normaliseEmail } from './normalise-email';
import { normalisePhone } from './normalise-phone';
import type { Normalised, Normaliser } from './normalised';
import { removeDiacritics } from './remove-diacritics';

export type { Normalised } from './normalised';

/** One function a normaliser. All are idempotent and throw for no text. */
const normalisers: Readonly<Record<NormaliserName, Normaliser>> = {
  trim: (text) => text.trim(),
  lowercase: (text) => text.toLowerCase(),
  uppercase: (text) => text.toUpperCase(),
  capitalise,
  phone: normalisePhone,
  email: normaliseEmail,
  diacritics: removeDiacritics,
  date: normaliseDate,
  dashes: (text) => text.trim().replace(/\s+/g, '-'),
};

/** Normalises in the given order; the first that cannot read the text ends it. */
export function normalise(text: string, names: readonly NormaliserName[]): Normalised {
  let current = text;
  for (const name of names) {
    const next = normalisers[name](current);
    if (typeof next !== 'string') return next;
    current = next;
  }
  return current;
}
