import type { NormaliserName } from '@kontaktor/domain';
import type { FieldType } from '../field-type';

const makes: Partial<Record<NormaliserName, FieldType>> = { phone: 'phone', email: 'email', date: 'date' };
/** These leave addresses, phones and days what they are. */
const harmless: readonly NormaliserName[] = ['trim', 'lowercase'];

/** What a value of a source field is after the normalisers of a rule. */
export function typeAfter(source: FieldType, normalisers: readonly NormaliserName[]): FieldType {
  return normalisers.reduce<FieldType>((type, name) => {
    if (makes[name] !== undefined) return makes[name];
    return harmless.includes(name) || type === 'number' || type === 'boolean' ? type : 'text';
  }, source);
}

/** Why a value of one type cannot go into a field of another, with what to do; `undefined` when it can. Anything can go into a text. */
export function misfit(from: FieldType, to: FieldType): string | undefined {
  if (to === 'text' || from === to) return undefined;
  const normaliser = to === 'phone' || to === 'email' || to === 'date' ? to : undefined;
  const readable = from === 'text' || (from === 'number' && to === 'phone');
  const advice = normaliser !== undefined && readable ? `; add the normaliser ${normaliser}, last` : '';
  return `a ${nameOf[from]} cannot go into a ${nameOf[to]}${advice}`;
}

const nameOf: Readonly<Record<FieldType, string>> = {
  ...{ text: 'text', email: 'e-mail address', phone: 'phone number', date: 'date', number: 'number', boolean: 'yes/no value' },
};
