import type { MappableField } from '../field-type';

const text = (en: string, cs: string): MappableField => ({ type: 'text', label: { en, cs }, writable: false });

/** Source fields that mapping makes itself, beside those the source has: a rule's `from` and a filter may name them. */
export const derivedFields = {
  titleBefore: text('Title before the name', 'Titul před jménem'),
  firstName: text('First name', 'Jméno'),
  lastName: text('Last name', 'Příjmení'),
  titleAfter: text('Title after the name', 'Titul za jménem'),
  name: text('Whole name', 'Celé jméno'),
  phone: text('Phone of the chosen record types', 'Telefon z vybraných typů záznamů'),
} as const satisfies Readonly<Record<string, MappableField>>;
