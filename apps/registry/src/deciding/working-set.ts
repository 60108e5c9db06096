import { normaliseAddress, type ConsentEntry, type ObservedRecord, type RecordPresence } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { loadConsent } from '../consent/consent-history';
import { loadContacts, type ContactRow } from '../identity/contacts';
import { lockAddresses } from '../identity/lock-addresses';

export interface SourceRecord {
  readonly connectionId: string;
  readonly remoteId: string;
  readonly contactId: string;
  readonly presence: RecordPresence;
  readonly body: ObservedRecord;
}

interface RecordRow {
  readonly connection_id: string;
  readonly remote_id: string;
  readonly contact_id: string;
  readonly presence: RecordPresence;
  readonly body: ObservedRecord;
}

/** Everything that deciding some records of one connection needs, read under the locks of their addresses. */
export interface WorkingSet {
  readonly workspaceId: string;
  /** Records to decide, and those that share an address with them. */
  readonly records: readonly SourceRecord[];
  /** Which of them were asked for: the others are decided for shared addresses only. */
  readonly asked: ReadonlySet<string>;
  readonly sharedAddresses: ReadonlySet<string>;
  historyOf(contactId: string, address: string): readonly ConsentEntry[];
}

export const addressesOf = (record: ObservedRecord): string[] =>
  record.slots.flatMap(({ address }) => {
    const read = normaliseAddress(address);
    return read.ok ? [read.address] : [];
  });

/** Locks addresses, then records, in sorted order; then reads contacts and consent. */
export async function loadWorkingSet(tx: Tx, workspaceId: string, connectionId: string, remoteIds: readonly string[]): Promise<WorkingSet> {
  const asked = new Set(remoteIds);
  const touched = await tx.query<{ address: string }>(
    `SELECT DISTINCT address FROM memberships WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3) AND address IS NOT NULL`,
    [workspaceId, connectionId, remoteIds],
  );
  const peek = await loadRecords(tx, workspaceId, connectionId, remoteIds, '');
  const addresses = new Set([...touched.map(({ address }) => address), ...peek.flatMap(({ body }) => addressesOf(body))]);
  await lockAddresses(tx, workspaceId, addresses);
  const sharers = await tx.query<{ remote_id: string }>(
    `SELECT DISTINCT remote_id FROM memberships WHERE workspace_id = $1 AND connection_id = $2 AND address = ANY($3)`,
    [workspaceId, connectionId, [...addresses]],
  );
  const ids = [...new Set([...remoteIds, ...sharers.map(({ remote_id }) => remote_id)])];
  const records = await loadRecords(tx, workspaceId, connectionId, ids, 'FOR NO KEY UPDATE');
  const contacts = await loadContacts(
    tx,
    records.map(({ contactId }) => contactId),
  );
  const consent = await loadConsent(tx, workspaceId, allAddresses(contacts.values(), addresses));
  const historyOf = (contactId: string, address: string): readonly ConsentEntry[] => historyFrom(consent, contacts.get(contactId), address);
  return { workspaceId, records, asked, sharedAddresses: addresses, historyOf };
}

async function loadRecords(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  remoteIds: readonly string[],
  lock: '' | 'FOR NO KEY UPDATE',
): Promise<SourceRecord[]> {
  const rows = await tx.query<RecordRow>(
    `SELECT connection_id, remote_id, contact_id, presence, body FROM records
     WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3) ORDER BY remote_id ${lock}`,
    [workspaceId, connectionId, remoteIds],
  );
  return rows.map(({ connection_id, remote_id, contact_id, presence, body }) => ({
    ...{ connectionId: connection_id, remoteId: remote_id, contactId: contact_id, presence, body },
  }));
}

function* allAddresses(contacts: Iterable<ContactRow>, more: Iterable<string>): Iterable<string> {
  yield* more;
  for (const { addresses, former } of contacts) {
    yield* addresses;
    yield* former;
  }
}

const none: readonly ConsentEntry[] = [];

function historyFrom(
  consent: ReadonlyMap<string, ConsentEntry[]>,
  contact: ContactRow | undefined,
  address: string,
): readonly ConsentEntry[] {
  if (consent.size === 0) return none;
  const addresses = new Set([address, ...(contact?.addresses ?? []), ...(contact?.former ?? [])]);
  return [...addresses].flatMap((one) => consent.get(one) ?? none);
}
