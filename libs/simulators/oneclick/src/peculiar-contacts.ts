import type { Contact, OneclickAccount, Person, RecordRow } from './account';
import { recordRow } from './plain-contact';

/** Changes a plain contact into a peculiar one. `account` holds the contacts before it; their last one is a plain one. */
type Peculiarity = (contact: Contact, account: OneclickAccount) => void;

const firstRecord = (contact: Contact): RecordRow => contact.records[0] ?? recordRow(contact.id + 2, 'email', '', null);
const firstPerson = (contact: Contact): Person =>
  contact.persons[0] ?? { id: contact.id + 1, first_name: '', last_name: '', position: '', deleted: false };
const emailOf = (contact: Contact | undefined): string => contact?.records.find(({ type }) => type === 'email')?.value ?? '';
const newsletter = ['newsletter'];

/** The cases of the fact sheet's section 5, each under a name that tests can ask for. */
export const peculiarities: Readonly<Record<string, Peculiarity>> = {
  'no e-mail': (contact) => {
    contact.records = contact.records.filter(({ type }) => type !== 'email');
  },
  'three e-mails': (contact) => {
    contact.records.push(
      recordRow(contact.id + 4, 'email_private', `soukromy.${contact.id}@doma.example`, contact.id + 1, { primary: false }),
      recordRow(contact.id + 5, 'email', `info.${contact.id}@firma.example`, null),
    );
  },
  'same e-mail on company and person': (contact) => {
    contact.records.push(recordRow(contact.id + 4, 'email', emailOf(contact), null, { primary: false }));
  },
  'same e-mail on another contact': (contact, account) => {
    Object.assign(contact, { tags: newsletter, records: [recordRow(contact.id + 2, 'email', emailOf(account.contacts.at(-2)), null)] });
  },
  'same e-mail on another contact, hidden': (contact, account) => {
    const records = [recordRow(contact.id + 2, 'email', emailOf(account.contacts.at(-2)), contact.id + 1)];
    Object.assign(contact, { tags: newsletter, records, deleted: true, deleted_at: contact.changed_at });
  },
  'tag on the record only': (contact) => {
    firstRecord(contact).tags = newsletter;
    contact.tags = [];
  },
  'tag on contact and record': (contact) => {
    firstRecord(contact).tags = newsletter;
    contact.tags = ['newsletter', 'VIP'];
  },
  'tag not for e-mail': (contact) => {
    contact.tags = ['dodavatel'];
  },
  hidden: (contact) => {
    Object.assign(contact, { tags: newsletter, deleted: true, deleted_at: contact.changed_at });
  },
  'deleted person': (contact) => {
    firstPerson(contact).deleted = true;
  },
  'deleted record': (contact) => {
    firstRecord(contact).deleted = true;
  },
  'malformed e-mail': (contact) => {
    firstRecord(contact).value = `petr.novak(zavinac)priklad.example ${contact.id}`;
    contact.tags = newsletter;
  },
  titles: (contact) => {
    Object.assign(firstPerson(contact), { first_name: 'Ing. Žofie', last_name: 'Žluťoučká, Ph.D.' });
  },
  'two names in one field': (contact) => {
    Object.assign(firstPerson(contact), { first_name: '', last_name: 'Mgr. Jan a Marie Kůňovi' });
  },
  'company without persons': (contact) => {
    Object.assign(contact, { persons: [], records: [recordRow(contact.id + 2, 'email', `Info.${contact.id}@Firma.Example `, null)] });
  },
  empty: (contact) => {
    Object.assign(contact, { persons: [], records: [], tags: [] });
  },
  'merged into another': (contact, account) => {
    const winner = account.contacts.at(-1);
    if (winner === undefined) return;
    winner.records.push(...contact.records.splice(0));
    winner.persons.push(...contact.persons.splice(0));
    Object.assign(contact, { ic: winner.ic, merged_into: winner.id });
  },
  'changed in the first 02:30 of the clock change': (contact) => {
    contact.created_at = contact.changed_at = '2025-10-26T02:30:00+02:00';
  },
  'changed in the second 02:30 of the clock change': (contact) => {
    contact.created_at = contact.changed_at = '2025-10-26T02:30:00+01:00';
  },
  'diary closed to us': (contact) => {
    Object.assign(contact, { tags: newsletter, authorized_users: ['karel.dvorak'] });
  },
  'diary with entries of the team': (contact, account) => {
    const at = ['2026-01-12T09:30:00+01:00', '2026-02-03T14:05:00+01:00'] as const;
    const entry = { contact_id: contact.id, external_id: null, person_id: contact.id + 1, record_id: null };
    account.diary.push(
      { ...entry, id: account.nextId++, kind: 'call', at: at[0], text: 'Telefonát: zájem o jarní nabídku', author: 'karel.dvorak' },
      { ...entry, id: account.nextId++, kind: 'meeting', at: at[1], text: 'Schůzka v Brně', author: 'jana.kralova' },
    );
  },
};
