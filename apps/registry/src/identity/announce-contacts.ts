import { contactChanged, createEvent, type ContactChanged, type EventOrigin } from '@kontaktor/contracts';
import type { ObservedRecord, RemoteState } from '@kontaktor/domain';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { loadContacts } from './contacts';

interface RecordRow {
  readonly contact_id: string;
  readonly connection_id: string;
  readonly remote_id: string;
  readonly presence: string;
  readonly body: ObservedRecord;
}

interface PlaceRow {
  readonly contact_id: string;
  readonly connection_id: string;
  readonly there: RemoteState;
}

/** Publishes contacts as they are now, with their records and places. */
export async function announceContacts(tx: Tx, outbox: Outbox, origin: EventOrigin, contactIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(contactIds)];
  if (ids.length === 0) return;
  const contacts = await loadContacts(tx, ids);
  const records = grouped(
    await tx.query<RecordRow>('SELECT contact_id, connection_id, remote_id, presence, body FROM records WHERE contact_id = ANY($1)', [ids]),
  );
  const places = grouped(
    await tx.query<PlaceRow>('SELECT contact_id, connection_id, there FROM remote_persons WHERE contact_id = ANY($1)', [ids]),
  );
  const events = [...contacts.values()].map(({ contact_id, addresses, former }) =>
    createEvent(contactChanged, origin, {
      ...{ contactId: contact_id, erased: false },
      addresses: [...addresses.map((address) => ({ address, current: true })), ...former.map((address) => ({ address, current: false }))],
      records: (records.get(contact_id) ?? []).map(recordView),
      places: (places.get(contact_id) ?? []).flatMap(placeViews),
    }),
  );
  await outbox.append(tx, contactChanged, events);
}

function recordView({ connection_id, remote_id, presence, body }: RecordRow): ContactChanged['records'][number] {
  const fields = Object.fromEntries(Object.entries(body.fields).map(([name, value]) => [name, isList(value) ? [...value] : value]));
  return { connectionId: connection_id, remoteId: remote_id, presence, fields, tags: [...body.tags] };
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

const placeViews = ({ connection_id, there }: PlaceRow): ContactChanged['places'] =>
  Object.entries(there.places).map(([place, { status }]) => ({ connectionId: connection_id, place, status }));

function grouped<Row extends { readonly contact_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.contact_id);
    if (group === undefined) groups.set(row.contact_id, [row]);
    else group.push(row);
  }
  return groups;
}
