import { normaliseAddress, type ConsentEntry, type ObservedRecord, type RecordPresence } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { loadConsent } from '../consent/consent-history';
import { loadContacts, type ContactRow } from '../identity/contacts';
import { lockAddresses } from '../identity/lock-addresses';
import { membershipsNear, type NearMembership } from './memberships-near';

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
  /** Nothing was ever decided of any of them, nor of anybody at their addresses or with their slots. */
  readonly isNew: boolean;
  historyOf(contactId: string, address: string): readonly ConsentEntry[];
}

export const addressesOf = (record: ObservedRecord): string[] =>
  record.slots.flatMap(({ address }) => {
    const read = normaliseAddress(address);
    return read.ok ? [read.address] : [];
  });

/** Records as the caller has just kept them, under its locks, with their contacts. */
export interface GivenRecords {
  readonly records: readonly SourceRecord[];
  readonly contacts: ReadonlyMap<string, ContactRow>;
}

/**
 * Locks addresses, then records, in sorted order; then reads contacts and consent. `held`: addresses whose rows the caller has locked.
 * Without `held`, for looking only, nothing is locked.
 */
export async function loadWorkingSet(
  tx: Tx,
  scope: DecisionScope,
  held: ReadonlySet<string> | undefined,
  given?: GivenRecords,
): Promise<WorkingSet> {
  const asked = new Set(scope.remoteIds);
  const peek = given?.records ?? (await loadRecords(tx, scope, scope.remoteIds, ''));
  const { near, addresses, free } = await lookAround(tx, scope, peek, asked, held);
  const ids = new Set([...asked, ...near.flatMap((one) => (one.connection_id === scope.connectionId ? one.remote_id : []))]);
  // Under the locks of all their addresses, which the caller took before, nobody can have changed them since they were read.
  const isRead = held !== undefined && held.size > 0 && free === 0 && ids.size === asked.size;
  const records = isRead ? peek : await loadRecords(tx, scope, [...ids], held === undefined ? '' : 'FOR NO KEY UPDATE');
  // While the locks were waited for, a record may have got another address: who has that one is decided too.
  const hasMoved = held !== undefined && !isRead && records.some((record) => asked.has(record.remoteId) && bearsOther(record, addresses));
  if (hasMoved) return loadWorkingSet(tx, scope, new Set([...held, ...addresses]));
  const isGiven = given !== undefined && isRead;
  const contacts = isGiven
    ? given.contacts
    : await loadContacts(
        tx,
        records.map(({ contactId }) => contactId),
      );
  const consent = await loadConsent(tx, scope.workspaceId, allAddresses(contacts.values(), addresses));
  const historyOf = (contactId: string, address: string): readonly ConsentEntry[] => historyFrom(consent, contacts.get(contactId), address);
  return { records, asked, sharedAddresses: addresses, isNew: isGiven && near.length === 0, historyOf };
}

const bearsOther = ({ body }: SourceRecord, addresses: ReadonlySet<string>): boolean =>
  addressesOf(body).some((one) => !addresses.has(one));

interface Surroundings {
  readonly near: readonly NearMembership[];
  /** Of the records, and of what was decided of them before. */
  readonly addresses: ReadonlySet<string>;
  /** How many of the addresses the caller had not locked. */
  readonly free: number;
}

/** Finds what has an address or a slot in common with the records, under the locks of all their addresses. */
async function lookAround(
  tx: Tx,
  scope: DecisionScope,
  records: readonly SourceRecord[],
  asked: ReadonlySet<string>,
  held: ReadonlySet<string> | undefined,
): Promise<Surroundings> {
  const shown = new Set(records.flatMap(({ body }) => addressesOf(body)));
  const slots = records.flatMap(({ body }) => body.slots.map(({ key }) => key));
  const near = await membershipsNear(tx, scope, [...shown], slots);
  const before = near.filter((one) => one.connection_id === scope.connectionId && asked.has(one.remote_id));
  const addresses = new Set([...shown, ...before.flatMap(({ address }) => address ?? [])]);
  const free = held === undefined ? [] : [...addresses].filter((address) => !held.has(address));
  if (free.length === 0 && addresses.size === shown.size) return { near, addresses, free: 0 };
  await lockAddresses(tx, scope.workspaceId, free);
  return { near: await membershipsNear(tx, scope, [...addresses], slots), addresses, free: free.length };
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
