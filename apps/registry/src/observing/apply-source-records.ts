import { insertRows, type Tx } from '@kontaktor/persistence';
import { addressesOf } from '../deciding/working-set';
import { loadContacts, newContactId, saveContacts, withAddresses, type ContactRow } from '../identity/contacts';
import type { Holders } from '../identity/lock-addresses';
import type { Observation } from './observation';
import type { ReadTally } from './read-tally';

interface RecordRow {
  readonly remote_id: string;
  readonly contact_id: string;
  readonly presence: string;
  readonly read_at: Date;
  readonly grp: string | null;
  readonly body: unknown;
}

const columns = {
  workspace_id: 'text',
  connection_id: 'text',
  remote_id: 'text',
  contact_id: 'uuid',
  presence: 'text',
  read_at: 'timestamptz',
  grp: 'text',
  body: 'jsonb',
};

/** Keeps source records as observed, with their contacts, under the locks of their addresses. Answers the ids of the records that are news. */
export async function applySourceRecords(
  tx: Tx,
  scope: { readonly workspaceId: string; readonly connectionId: string },
  observations: readonly Observation[],
  tally: ReadTally,
  held: Holders,
): Promise<{ readonly remoteIds: readonly string[]; readonly contactIds: readonly string[] }> {
  const newest = newestOfEach(observations, tally);
  const known = new Map((await lockBefore(tx, scope, [...newest.keys()])).map((row) => [row.remote_id, row]));
  const fresh = [...newest.values()].filter((event) => isNews(event, known.get(event.data.remoteId), tally));
  const rows = await identify(tx, scope, fresh, known, held);
  await insertRows(tx, 'records', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, connection_id, remote_id) DO UPDATE SET
      presence = excluded.presence, read_at = excluded.read_at, grp = coalesce(excluded.grp, records.grp), body = excluded.body`,
  });
  return { remoteIds: rows.map(({ remote_id }) => remote_id), contactIds: rows.map(({ contact_id }) => contact_id) };
}

function newestOfEach(observations: readonly Observation[], tally: ReadTally): Map<string, Observation> {
  const newest = new Map<string, Observation>();
  for (const event of observations) {
    const other = newest.get(event.data.remoteId);
    const isNewer = other === undefined || event.data.readAt >= other.data.readAt;
    if (other !== undefined) tally.count(isNewer ? other : event, 'superseded');
    if (isNewer) newest.set(event.data.remoteId, event);
  }
  return newest;
}

type BeforeRow = RecordRow & { readonly body: Parameters<typeof addressesOf>[0] };

function lockBefore(
  tx: Tx,
  { workspaceId, connectionId }: { readonly workspaceId: string; readonly connectionId: string },
  ids: readonly string[],
): Promise<BeforeRow[]> {
  return tx.query<BeforeRow>(
    `SELECT remote_id, contact_id, presence, read_at, grp, body FROM records
     WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3) ORDER BY remote_id FOR UPDATE`,
    [workspaceId, connectionId, ids],
  );
}

/** An older reading never replaces a newer one; *gone* of a record that is not known says nothing. */
function isNews({ data, ...event }: Observation, known: BeforeRow | undefined, tally: ReadTally): boolean {
  const isStale = known !== undefined && new Date(data.readAt) < known.read_at;
  const saysNothing = known === undefined && data.record === undefined;
  tally.count({ data, ...event }, isStale || saysNothing ? 'stale' : 'applied');
  return !isStale && !saysNothing;
}

async function identify(
  tx: Tx,
  scope: { readonly workspaceId: string; readonly connectionId: string },
  fresh: readonly Observation[],
  known: ReadonlyMap<string, BeforeRow>,
  held: Holders,
): Promise<(RecordRow & { readonly workspace_id: string; readonly connection_id: string })[]> {
  const holders = fresh.flatMap(({ data }) =>
    data.record === undefined ? [] : addressesOf(data.record).flatMap((one) => held.get(one) ?? []),
  );
  const ids = [...new Set([...holders, ...[...known.values()].map(({ contact_id }) => contact_id)])];
  const contacts = await loadContacts(tx, ids);
  const taken = await contactsOfConnection(tx, scope, ids);
  const touched = new Map<string, ContactRow>();
  const rows = fresh.map(({ data }) => {
    const before = known.get(data.remoteId);
    const own = data.record === undefined ? [] : addressesOf(data.record);
    const contactId = before?.contact_id ?? freeHolder(own, held, taken) ?? newContactId();
    taken.add(contactId);
    if (data.record !== undefined) {
      const contact = touched.get(contactId) ?? contacts.get(contactId) ?? { contact_id: contactId, addresses: [], former: [] };
      const old = before === undefined ? [] : addressesOf(before.body);
      const others = contact.addresses.filter((address) => !old.includes(address));
      touched.set(contactId, withAddresses(contact, own, others));
    }
    return {
      ...{ workspace_id: scope.workspaceId, connection_id: scope.connectionId, remote_id: data.remoteId, contact_id: contactId },
      ...{ presence: data.presence, read_at: new Date(data.readAt), grp: data.group ?? null, body: data.record ?? before?.body },
    };
  });
  await saveContacts(
    tx,
    scope.workspaceId,
    [...touched.values()].filter((contact) => isOther(contact, contacts.get(contact.contact_id))),
    held,
  );
  return rows;
}

/** Contacts that have a record of this connection already: two records of one source are two people until the source says otherwise. */
async function contactsOfConnection(
  tx: Tx,
  { workspaceId, connectionId }: { readonly workspaceId: string; readonly connectionId: string },
  contactIds: readonly string[],
): Promise<Set<string>> {
  if (contactIds.length === 0) return new Set();
  const rows = await tx.query<{ contact_id: string }>(
    'SELECT DISTINCT contact_id FROM records WHERE workspace_id = $1 AND connection_id = $2 AND contact_id = ANY($3)',
    [workspaceId, connectionId, contactIds],
  );
  return new Set(rows.map(({ contact_id }) => contact_id));
}

function freeHolder(addresses: readonly string[], held: Holders, taken: ReadonlySet<string>): string | undefined {
  const free = new Set(addresses.flatMap((address) => held.get(address) ?? []).filter((id) => !taken.has(id)));
  // Two keys with different answers say nothing surely: the record is a contact of its own.
  return free.size === 1 ? [...free][0] : undefined;
}

const isOther = (contact: ContactRow, before: ContactRow | undefined): boolean =>
  before === undefined ||
  before.addresses.join(' ') !== contact.addresses.join(' ') ||
  before.former.join(' ') !== contact.former.join(' ');
