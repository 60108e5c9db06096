import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Normalised } from './normalised';

const homeRegion = 'CZ';
const oneNumber = /^\+?\d[\d .\-/]*$/;
const unreadable: Normalised = { unreadable: 'is not one phone number that can be read surely' };

/**
 * A phone number as E.164 (`+420777123456`); without a country code it is Czech. Two numbers in one field, an extension, or digits no operator
 * could have given, are not guessed at.
 */
export function normalisePhone(text: string): Normalised {
  const plain = text
    .trim()
    .replace(/^(tel|mobil|mob|gsm)\b[.:]*\s*/i, '')
    .replace(/[\s()\u2010-\u2015]+/g, ' ')
    .trim();
  if (!oneNumber.test(plain)) return unreadable;
  const number = parsePhoneNumberFromString(plain, { defaultCountry: homeRegion, extract: false });
  return number?.isValid() === true ? number.number : unreadable;
}
