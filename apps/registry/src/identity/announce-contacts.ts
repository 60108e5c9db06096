import { contactChanged, createEvent, type ContactChanged, type EventOf, type EventOrigin } from '@kontaktor/contracts';
import type { ObservedRecord, RemoteState } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { holdErasures } from '@kontaktor/privacy';
import type { RegistryParts } from '../registry-parts';
import { claimNews, forgetNews, type ContactNews } from './contact-news';
import { loadContacts, type ContactRow } from './contacts';

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

/**
 * Publishes contacts of which there is news as they are now, with their records and places. Answers whether there was any. Read after the news
 * was claimed: what changes while they are read has news of its own.
 */
export function announceContacts({ database, outbox }: RegistryParts): Promise<boolean> {
  return database.transaction(async (tx) => {
    // The marker of somebody who is erased meanwhile comes last.
    await holdErasures(tx);
    const news = await claimNews(tx);
    if (news.length === 0) return false;
    const origins = new Map(news.flatMap((one) => one.contact_ids.map((id) => [id, originOf(one)])));
    await outbox.append(tx, contactChanged, await eventsOf(tx, origins));
    await forgetNews(tx, news);
    return true;
  });
}

async function eventsOf(tx: Tx, origins: ReadonlyMap<string, EventOrigin>): Promise<EventOf<ContactChanged>[]> {
  const ids = [...origins.keys()];
  const contacts = await loadContacts(tx, ids);
  const records = grouped(
    await tx.query<RecordRow>('SELECT contact_id, connection_id, remote_id, presence, body FROM records WHERE contact_id = ANY($1)', [ids]),
  );
  const places = grouped(
    await tx.query<PlaceRow>('SELECT contact_id, connection_id, there FROM remote_persons WHERE contact_id = ANY($1)', [ids]),
  );
  return [...origins].flatMap(([contactId, origin]) => {
    const contact = contacts.get(contactId);
    if (contact === undefined) return [];
    const data = {
      ...{ contactId, erased: false, addresses: addressViews(contact) },
      records: (records.get(contactId) ?? []).map(recordView),
      places: (places.get(contactId) ?? []).flatMap(placeViews),
    };
    return [createEvent(contactChanged, origin, data)];
  });
}

const originOf = ({ workspace_id, correlation_id, causation_id }: ContactNews): EventOrigin => ({
  workspaceId: workspace_id,
  ...(correlation_id === null ? {} : { correlationId: correlation_id }),
  ...(causation_id === null ? {} : { causationId: causation_id }),
});

const addressViews = ({ addresses, former }: ContactRow): ContactChanged['addresses'] => [
  ...addresses.map((address) => ({ address, current: true })),
  ...former.map((address) => ({ address, current: false })),
];

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
