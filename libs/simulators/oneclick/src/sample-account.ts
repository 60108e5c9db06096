import { pragueTime, type Contact, type OneclickAccount, type RecordRow } from './account';

const firstNames = ['Jana', 'Petr', 'Žofie', 'Tomáš', 'Kateřina', 'Jiří', 'Lucie', 'Ondřej', 'Šárka', 'Vojtěch', 'Eliška', 'Řehoř'];
const lastNames = [
  'Nováková',
  'Novák',
  'Dvořák',
  'Černá',
  'Procházka',
  'Kučerová',
  'Žluťoučký',
  'Šťastný',
  'Říhová',
  'Bílek',
  'Zemanová',
  'Kůň',
];
const companies = ['a syn s.r.o.', 'Stavby a.s.', 'Květiny', 'Autodoprava s.r.o.', 'Účetnictví', 'Pekárna'];
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Small deterministic generator (mulberry32): the same seed gives the same account. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface SampleOptions {
  readonly contacts: number;
  readonly seed?: number;
  readonly token?: string;
}

/** A tenant with Czech people: most are plain, one in twelve is one of the peculiar cases of the fact sheet (section 5). */
export function sampleOneclickAccount({ contacts, seed = 1, token = 'sandbox-oneclick-token' }: SampleOptions): OneclickAccount {
  const random = generator(seed);
  const account: OneclickAccount = {
    ...{ token, tenant: 'ukazka', user: 'jana.kralova', contacts: [], diary: [], marks: [], nextId: contacts * 10 + 1 },
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
  for (let index = 0; index < contacts; index += 1) {
    const contact = plainContact(index, random);
    if (index % 12 === 11) peculiarities[Math.floor(index / 12) % peculiarities.length]?.(contact, account);
    account.contacts.push(contact);
  }
  return account;
}

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

function plainContact(index: number, random: () => number): Contact {
  const id = index * 10 + 1;
  const [first, last] = [pick(random, firstNames), pick(random, lastNames)];
  const at = pragueTime(new Date(Date.UTC(2026, 0, 10, 8, 0, 0) + index * 60_000));
  const email = `${plain(first)}.${plain(last)}.${index}@priklad.example`;
  return {
    ...{
      id,
      name: `${last} ${pick(random, companies)}`,
      ic: String(10_000_000 + index),
      dic: '',
      note: '',
      deleted: false,
      deleted_at: null,
      merged_into: null,
    },
    tags: random() < 0.5 ? ['newsletter'] : random() < 0.3 ? ['VIP'] : ['dodavatel'],
    authorized_users: ['jana.kralova'],
    persons: [{ id: id + 1, first_name: first, last_name: last, position: 'jednatel', deleted: false }],
    records: [
      record(id + 2, 'email', email, id + 1),
      record(
        id + 3,
        'mobile',
        `+420 60${String(index % 10)} ${String(100_000 + index).slice(-6, -3)} ${String(100_000 + index).slice(-3)}`,
        id + 1,
      ),
    ],
    created_at: at,
    changed_at: at,
  };
}

const record = (id: number, type: string, value: string, personId: number | null, more: Partial<RecordRow> = {}): RecordRow => ({
  ...{ id, type, value, label: '', person_id: personId, primary: true, deleted: false, tags: [] },
  ...more,
});

type Peculiarity = (contact: Contact, account: OneclickAccount) => void;
const firstRecord = (contact: Contact): RecordRow => contact.records[0] as RecordRow;

const peculiarities: readonly Peculiarity[] = [
  (contact) => void (contact.records = contact.records.slice(1)),
  (contact) =>
    void contact.records.push(
      record(contact.id + 4, 'email_private', `soukromy.${contact.id}@doma.example`, contact.id + 1),
      record(contact.id + 5, 'email', `info.${contact.id}@firma.example`, null),
    ),
  (contact) => void contact.records.push(record(contact.id + 4, 'email', firstRecord(contact).value ?? '', null)),
  (contact, account) => {
    const other = account.contacts.at(-2);
    if (other !== undefined)
      Object.assign(contact, { tags: ['newsletter'], records: [record(contact.id + 2, 'email', firstRecord(other).value ?? '', null)] });
  },
  (contact) =>
    Object.assign(contact, {
      tags: [],
      records: [record(contact.id + 2, 'email', `zaznam.${contact.id}@priklad.example`, contact.id + 1, { tags: ['newsletter'] })],
    }),
  (contact) => Object.assign(contact, { deleted: true, deleted_at: contact.changed_at }),
  (contact) => Object.assign(contact.persons[0] ?? {}, { deleted: true }),
  (contact) => Object.assign(firstRecord(contact), { deleted: true }),
  (contact) => Object.assign(firstRecord(contact), { value: `petr.novak(zavinac)priklad.example ${contact.id}` }),
  (contact) => Object.assign(contact.persons[0] ?? {}, { first_name: 'Ing. Žofie', last_name: 'Žluťoučká, Ph.D.' }),
  (contact) => Object.assign(contact.persons[0] ?? {}, { first_name: '', last_name: 'Mgr. Jan a Marie Kůňovi' }),
  (contact) =>
    Object.assign(contact, { persons: [], records: [record(contact.id + 2, 'email', `Info.${contact.id}@Firma.Example `, null)] }),
  (contact) => Object.assign(contact, { persons: [], records: [] }),
];
