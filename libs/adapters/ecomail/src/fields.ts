import type { FieldDefinition } from '@kontaktor/adapter-kit';

const text = (en: string, cs: string, type: FieldDefinition['type'] = 'text'): FieldDefinition => ({
  type,
  label: { en, cs },
  writable: true,
});

export const fields = {
  titleBefore: text('Title before the name', 'Titul před jménem'),
  firstName: text('First name', 'Jméno'),
  lastName: text('Last name', 'Příjmení'),
  titleAfter: text('Title after the name', 'Titul za jménem'),
  company: text('Company', 'Firma'),
  phone: text('Phone', 'Telefon', 'phone'),
  street: text('Street', 'Ulice'),
  city: text('City', 'Město'),
  zip: text('Postcode', 'PSČ'),
  country: text('Country', 'Země'),
  birthday: text('Birthday', 'Datum narození', 'date'),
  gender: text('Gender', 'Pohlaví'),
  source: text('Source', 'Zdroj'),
} as const;

/** Our field name -> Ecomail's. */
export const remoteNames: Readonly<Record<string, string>> = {
  ...{ titleBefore: 'pretitle', firstName: 'name', lastName: 'surname', titleAfter: 'surtitle', company: 'company', phone: 'phone' },
  ...{ street: 'street', city: 'city', zip: 'zip', country: 'country', birthday: 'birthday', gender: 'gender', source: 'source' },
};
