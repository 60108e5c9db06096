import type { PulledRecord } from '@kontaktor/adapter-kit';
import type { Fields, FieldValue, ObservedRecord, Slot } from '@kontaktor/domain';
import type { Contact, ContactRecord } from './api-types';

/** Parts of a record that every reading of a contact shows. */
const covers = ['company', 'ic', 'dic', 'note', 'firstName', 'lastName', 'position', 'record', 'tags', 'slots'];

/**
 * A contact is several records of ours: each of its persons, and its head when that has mail records of its own or there is no person. A slot is
 * a mail record; its key follows the record, because a merge moves records under another contact with the same ids.
 */
export function toRecords(contact: Contact, mailTypes: ReadonlySet<string>): PulledRecord[] {
  const group = `contact/${contact.id}`;
  if (contact.merged_into !== null) return [gone(group, group)];
  const rows = contact.records.filter(({ deleted }) => !deleted);
  const own = rows.filter(({ person_id }) => person_id === null);
  const persons = contact.persons.map((person): PulledRecord => {
    const mine = rows.filter(({ person_id }) => person_id === person.id);
    const names = { firstName: person.first_name ?? null, lastName: person.last_name ?? null, position: person.position ?? null };
    const record = recordOf('person', contact, names, mine, own, mailTypes);
    return {
      remoteId: `person/${person.id}`,
      part: '',
      group,
      presence: contact.deleted || person.deleted ? 'removed' : 'present',
      record,
      covers,
    };
  });
  const headIsOne = persons.length === 0 || own.some(({ type }) => mailTypes.has(type));
  if (!headIsOne) return persons;
  const head = recordOf('company', contact, {}, own, [], mailTypes);
  return [...persons, { remoteId: group, part: '', group, presence: contact.deleted ? 'removed' : 'present', record: head, covers }];
}

export const gone = (remoteId: string, group: string): PulledRecord => ({ remoteId, part: '', group, presence: 'gone', covers: [] });

function recordOf(
  kind: ObservedRecord['kind'],
  contact: Contact,
  names: Fields,
  mine: readonly ContactRecord[],
  shared: readonly ContactRecord[],
  mailTypes: ReadonlySet<string>,
): ObservedRecord {
  const head = { company: contact.name, ic: contact.ic ?? null, dic: contact.dic ?? null, note: contact.note ?? null };
  const slots = mine.filter(({ type }) => mailTypes.has(type)).map(slotOf);
  return {
    kind,
    fields: { ...head, ...names, ...typedValues([...mine, ...shared]) },
    tags: contact.tags,
    slots,
    places: {},
    changedAt: new Date(contact.changed_at).toISOString(),
  };
}

const slotOf = ({ id, type, value, tags, primary }: ContactRecord): Slot => ({
  key: `record/${id}`,
  type,
  address: value ?? '',
  tags,
  primary: primary ?? false,
});

/** `record:<type>` -> values, the person's own before the head's, primary ones first. */
function typedValues(rows: readonly ContactRecord[]): Record<string, FieldValue> {
  const values: Record<string, string[]> = {};
  for (const row of rows) {
    const text = row.value ?? [row.street, row.city, row.zip].filter(Boolean).join(', ');
    if (text !== '') (values[`record:${row.type}`] ??= [])[row.primary === true ? 'unshift' : 'push'](text);
  }
  return values;
}
