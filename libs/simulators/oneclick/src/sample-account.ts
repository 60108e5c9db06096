import type { OneclickAccount } from './account';
import { peculiarities } from './peculiar-contacts';
import { generator, plainContact } from './plain-contact';

export interface SampleOptions {
  /** 2000 when absent. */
  readonly contacts?: number;
  readonly seed?: number;
  readonly token?: string;
}

const everyPeculiar = 12;

/** A tenant with Czech people: most are plain, one in twelve is one of the peculiar cases of the fact sheet (section 5), in turn. */
export function sampleOneclickAccount({
  contacts = 2000,
  seed = 1,
  token = 'sandbox-oneclick-token',
}: SampleOptions = {}): OneclickAccount {
  const random = generator(seed);
  const account = emptyOneclickAccount(token, contacts * 10 + 1);
  const cases = Object.values(peculiarities);
  for (let index = 0; index < contacts; index += 1) {
    const contact = plainContact(index, random);
    if (index % everyPeculiar === everyPeculiar - 1) cases[Math.floor(index / everyPeculiar) % cases.length]?.(contact, account);
    account.contacts.push(contact);
  }
  return account;
}

/** A tenant with its tags and record types, and nobody in it. */
export function emptyOneclickAccount(token = 'sandbox-oneclick-token', nextId = 1): OneclickAccount {
  return {
    ...{ token, tenant: 'ukazka', user: 'jana.kralova', contacts: [], diary: [], marks: [], nextId },
    tags: [
      { name: 'newsletter', scope: 'both', for_email: true },
      { name: 'VIP', scope: 'contact', for_email: true },
      { name: 'dodavatel', scope: 'contact', for_email: false },
    ],
    recordTypes: [
      { key: 'person', label: 'Osoba', holds: 'person' },
      { key: 'email', label: 'E-mail', holds: 'email' },
      { key: 'email_private', label: 'Soukromý e-mail', holds: 'email' },
      { key: 'phone', label: 'Telefon', holds: 'phone' },
      { key: 'mobile', label: 'Mobil', holds: 'phone' },
      { key: 'address', label: 'Adresa', holds: 'address' },
      { key: 'note', label: 'Poznámka', holds: 'text' },
    ],
  };
}
