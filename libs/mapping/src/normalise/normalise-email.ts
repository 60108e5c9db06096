import { normaliseAddress, type AddressProblem } from '@kontaktor/domain';
import type { Normalised } from './normalised';

const problems: Readonly<Record<AddressProblem, string>> = {
  blank: 'is blank',
  several: 'holds more than one e-mail address',
  'no-at': 'is not an e-mail address: the @ is missing',
  'local-part': 'is not an e-mail address: the part before the @ cannot be right',
  domain: 'is not an e-mail address: the domain cannot be right',
  'too-long': 'is longer than an e-mail address may be',
};

/** An e-mail address in the form in which addresses are compared and sent. */
export function normaliseEmail(text: string): Normalised {
  const result = normaliseAddress(text);
  return result.ok ? result.address : { unreadable: problems[result.problem] };
}
