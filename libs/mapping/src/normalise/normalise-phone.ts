import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Normalised } from './normalised';

const homeRegion = 'CZ';
const oneNumber = /^\+?\d[\d .\-/]*$/;
/** Czech mobile and fixed numbers as the library knows them too (a test compares); asking it takes seven times as long. */
const commonCzech = /^(?:\+420|00420)?((?:60[1-8]|7(?:0[2-5]|[2379]\d)|2\d\d|3[1257-9]\d|4[16-9]\d|5[13-9]\d)\d{6})$/;
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
  const czech = commonCzech.exec(plain.replace(/[ .\-/]/g, ''))?.[1];
  if (czech !== undefined) return `+420${czech}`;
  const number = parsePhoneNumberFromString(plain, { defaultCountry: homeRegion, extract: false });
  return number?.isValid() === true ? number.number : unreadable;
}
