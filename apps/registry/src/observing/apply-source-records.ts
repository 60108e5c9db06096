import type { ObservedRecord, RecordPresence } from '@kontaktor/domain';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { addressesOf, type GivenRecords, type SourceRecord } from '../deciding/working-set';
import { ChunkContacts } from '../identity/chunk-contacts';
import { lockContacts, saveContacts } from '../identity/contacts';
import type { Holders } from '../identity/lock-addresses';
import { newestReadings, type Reading } from './newest-readings';
import type { Observation } from './observation';
import type { ReadTally } from './read-tally';

interface RecordRow {
  readonly remote_id: string;
  readonly contact_id: string;
  readonly presence: RecordPresence;
  readonly read_at: Date;
  readonly grp: string | null;
  readonly body: ObservedRecord;
}

interface Scope {
  readonly workspaceId: string;
  readonly connectionId: string;
}

export interface SourceChanges {
  /** Records to decide: they are news, or it came out late that they bore an address once. */
  readonly remoteIds: readonly string[];
  readonly contactIds: readonly string[];
  /** Of these, contacts that were known before and have other addresses now: consent may be another for their other records too. */
  readonly readdressed: readonly string[];
  /** The records to decide as they are now, under the locks taken here. */
  readonly given: GivenRecords;
}

const columns = {
  workspace_id: 'text',
  connection_id: 'text',
  remote_id: 'text',
  contact_id: 'uuid',
  presence: 'text',
  read_at: 'timestamptz',
  grp: 'text',
  body: 'json',
};

/** Keeps source records as observed, with their contacts, under the locks of their addresses. */
export async function applySourceRecords(
  tx: Tx,
  scope: Scope,
  observations: readonly Observation[],
  tally: ReadTally,
  held: Holders,
): Promise<SourceChanges> {
  const readings = newestReadings(observations, tally);
  const known = new Map((await lockRecords(tx, scope, [...readings.keys()])).map((row) => [row.remote_id, row]));
  const fresh = [...readings.values()].filter((reading) => isNews(reading, known.get(reading.event.data.remoteId), tally));
  const contacts = await contactsOf(tx, scope, readings.values(), known, held);
  const rows = fresh.flatMap((reading) => identified(scope, reading, known.get(reading.event.data.remoteId), contacts));
  for (const { contact_id, remote_id } of rows) contacts.bore(contact_id, readings.get(remote_id)?.passed ?? []);
  for (const row of known.values()) contacts.bore(row.contact_id, latelyShown(readings.get(row.remote_id), row));
  const changed = contacts.changed();
  await saveContacts(tx, scope.workspaceId, changed, held);
  await insertRows(tx, 'records', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, connection_id, remote_id) DO UPDATE SET
      presence = excluded.presence, read_at = excluded.read_at, grp = coalesce(excluded.grp, records.grp), body = excluded.body`,
  });
  const readdressed = changed.map(({ contact_id }) => contact_id).filter((id) => contacts.isKnown(id));
  const late = [...known.values()].filter(({ contact_id }) => readdressed.includes(contact_id));
  const toDecide = new Map([...late, ...rows].map((row) => [row.remote_id, row]));
  const records = [...toDecide.values()].map((row) => sourceRecordOf(scope, row)).sort((a, b) => (a.remoteId < b.remoteId ? -1 : 1));
  return {
    remoteIds: records.map(({ remoteId }) => remoteId),
    contactIds: [...new Set(records.map(({ contactId }) => contactId))],
    readdressed,
    given: { records, contacts: contacts.all() },
  };
}

const sourceRecordOf = ({ connectionId }: Scope, { remote_id, contact_id, presence, body, read_at }: RecordRow): SourceRecord => ({
  ...{ connectionId, remoteId: remote_id, contactId: contact_id, presence, body, readAt: read_at },
});

function lockRecords(tx: Tx, { workspaceId, connectionId }: Scope, ids: readonly string[]): Promise<RecordRow[]> {
  return tx.query<RecordRow>(
    `SELECT remote_id, contact_id, presence, read_at, grp, body FROM records
     WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3) ORDER BY remote_id FOR UPDATE`,
    [workspaceId, connectionId, ids],
  );
}

/** An older reading never replaces a newer one; *gone* of a record that is not known says nothing. */
function isNews({ event, record }: Reading, known: RecordRow | undefined, tally: ReadTally): boolean {
  const isStale = isOlder(event, known);
  const saysNothing = known === undefined && record === undefined;
  tally.count(event, isStale || saysNothing ? 'stale' : 'applied');
  return !isStale && !saysNothing;
}

const isOlder = ({ data }: Observation, known: RecordRow | undefined): boolean =>
  known !== undefined && new Date(data.readAt) < known.read_at;

/** Addresses that a record bore by readings that came when a newer one was known. */
function latelyShown(reading: Reading | undefined, known: RecordRow): readonly string[] {
  if (reading === undefined || !isOlder(reading.event, known)) return [];
  return reading.record === undefined ? reading.passed : [...reading.passed, ...addressesOf(reading.record)];
}

async function contactsOf(
  tx: Tx,
  scope: Scope,
  readings: Iterable<Reading>,
  known: ReadonlyMap<string, RecordRow>,
  held: Holders,
): Promise<ChunkContacts> {
  const holders = [...readings].flatMap(({ record }) =>
    record === undefined ? [] : addressesOf(record).flatMap((address) => held.get(address) ?? []),
  );
  const ids = [...new Set([...holders, ...[...known.values()].map(({ contact_id }) => contact_id)])];
  return new ChunkContacts(await lockContacts(tx, ids), await withRecordsHere(tx, scope, ids), held);
}

async function withRecordsHere(tx: Tx, { workspaceId, connectionId }: Scope, contactIds: readonly string[]): Promise<Set<string>> {
  if (contactIds.length === 0) return new Set();
  const rows = await tx.query<{ contact_id: string }>(
    'SELECT DISTINCT contact_id FROM records WHERE workspace_id = $1 AND connection_id = $2 AND contact_id = ANY($3)',
    [workspaceId, connectionId, contactIds],
  );
  return new Set(rows.map(({ contact_id }) => contact_id));
}

function identified(
  { workspaceId, connectionId }: Scope,
  { event: { data }, record }: Reading,
  before: RecordRow | undefined,
  contacts: ChunkContacts,
): (RecordRow & { readonly workspace_id: string; readonly connection_id: string })[] {
  const body = record ?? before?.body;
  if (body === undefined) return [];
  const own = record === undefined ? [] : addressesOf(record);
  const contactId = before?.contact_id ?? contacts.idFor(own);
  if (record !== undefined) contacts.bears(contactId, own, before === undefined ? [] : addressesOf(before.body));
  const key = { workspace_id: workspaceId, connection_id: connectionId, remote_id: data.remoteId };
  const read = { presence: data.presence, read_at: new Date(data.readAt), grp: data.group ?? null };
  return [{ ...key, contact_id: contactId, ...read, body }];
}
