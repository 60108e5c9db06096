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
  readonly readAt: Date;
}

interface RecordRow {
  readonly connection_id: string;
  readonly remote_id: string;
  readonly contact_id: string;
  readonly presence: RecordPresence;
  readonly body: ObservedRecord;
  readonly read_at: Date;
}

/** Which records are decided, and for which links. */
export interface DecisionScope {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly remoteIds: readonly string[];
  readonly linkIds: readonly string[];
}

/** Everything that deciding some records of one connection needs. */
export interface WorkingSet {
  /** Records to decide, and those that share an address or a slot with them. */
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

/**
 * Locks addresses, then records, in sorted order; then reads contacts and consent. `held`: addresses whose rows the caller has locked.
 * Without `held`, for looking only, nothing is locked.
 */
export async function loadWorkingSet(tx: Tx, scope: DecisionScope, held: ReadonlySet<string> | undefined): Promise<WorkingSet> {
  const { workspaceId, connectionId, remoteIds } = scope;
  const asked = new Set(remoteIds);
  const touched = await tx.query<{ address: string }>(
    `SELECT DISTINCT address FROM memberships WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3) AND address IS NOT NULL`,
    [workspaceId, connectionId, remoteIds],
  );
  const peek = await loadRecords(tx, scope, remoteIds, '');
  const addresses = new Set([...touched.map(({ address }) => address), ...peek.flatMap(({ body }) => addressesOf(body))]);
  const free = held === undefined ? [] : [...addresses].filter((address) => !held.has(address));
  await lockAddresses(tx, workspaceId, free);
  const ids = new Set([...remoteIds, ...(await sharersOf(tx, scope, peek, addresses))]);
  // Under the locks of all their addresses, which the caller took before, nobody can have changed them since they were read.
  const isRead = held !== undefined && held.size > 0 && free.length === 0 && ids.size === remoteIds.length;
  const records = isRead ? peek : await loadRecords(tx, scope, [...ids], held === undefined ? '' : 'FOR NO KEY UPDATE');
  const contacts = await loadContacts(
    tx,
    records.map(({ contactId }) => contactId),
  );
  const consent = await loadConsent(tx, workspaceId, allAddresses(contacts.values(), addresses));
  const historyOf = (contactId: string, address: string): readonly ConsentEntry[] => historyFrom(consent, contacts.get(contactId), address);
  return { records, asked, sharedAddresses: addresses, historyOf };
}

/** Records whose memberships have one of these addresses, or one of the slots of these records. */
async function sharersOf(
  tx: Tx,
  { workspaceId, connectionId, linkIds }: DecisionScope,
  records: readonly SourceRecord[],
  addresses: ReadonlySet<string>,
): Promise<string[]> {
  const slots = records.flatMap(({ body }) => body.slots.map(({ key }) => key));
  const rows = await tx.query<{ remote_id: string }>(
    `SELECT remote_id FROM memberships WHERE workspace_id = $1 AND connection_id = $2 AND address = ANY($3)
     UNION SELECT remote_id FROM memberships WHERE workspace_id = $1 AND connection_id = $2 AND link_id = ANY($4) AND slot_key = ANY($5)`,
    [workspaceId, connectionId, [...addresses], linkIds, slots],
  );
  return rows.map(({ remote_id }) => remote_id);
}

async function loadRecords(
  tx: Tx,
  { workspaceId, connectionId }: DecisionScope,
  remoteIds: readonly string[],
  lock: '' | 'FOR NO KEY UPDATE',
): Promise<SourceRecord[]> {
  const rows = await tx.query<RecordRow>(
    `SELECT connection_id, remote_id, contact_id, presence, body, read_at FROM records
     WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3) ORDER BY remote_id ${lock}`,
    [workspaceId, connectionId, remoteIds],
  );
  return rows.map(({ connection_id, remote_id, contact_id, presence, body, read_at }) => ({
    ...{ connectionId: connection_id, remoteId: remote_id, contactId: contact_id, presence, body, readAt: read_at },
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
