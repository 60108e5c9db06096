import { createHash } from 'node:crypto';
import type { ErasureQuestion } from '@kontaktor/contracts';
import { normaliseAddress, type ObservedRecord } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { contactsAskedFor } from '../views/contacts-asked-for';
import { loadContacts, type ContactRow } from '../identity/contacts';
import type { PendingWrite } from '../releasing/remote-persons';
import { placesOf, type ErasurePlan } from './erasure-places';

export interface RecordOfPerson {
  readonly connection_id: string;
  readonly remote_id: string;
  readonly contact_id: string;
  readonly grp: string | null;
  readonly presence: string;
  readonly body: ObservedRecord;
}

export interface RemoteOfPerson {
  readonly remote_person_id: string;
  readonly connection_id: string;
  readonly remote_id: string | null;
  readonly address: string;
  readonly version: number;
  readonly pending: readonly PendingWrite[];
}

/** Who is to be erased, and all that hangs on them. */
export interface ErasureScope {
  readonly workspaceId: string;
  readonly address: string;
  /** Everybody with the address, now or formerly. */
  readonly people: readonly ContactRow[];
  readonly chosen: readonly ContactRow[];
  /** Several people have the address, and it was not said who is meant. */
  readonly mustChoose: boolean;
  /** Addresses, present and former, that nobody else has. */
  readonly own: readonly string[];
  /** How many others have each of the rest. */
  readonly shared: ReadonlyMap<string, number>;
  readonly records: readonly RecordOfPerson[];
  readonly remotes: readonly RemoteOfPerson[];
  readonly places: readonly ErasurePlan[];
}

/** To be read again under the locks of an erasure: an order holds for what it was confirmed for. */
export async function scopeOf(tx: Tx, workspaceId: string, question: ErasureQuestion): Promise<ErasureScope> {
  const read = normaliseAddress(question.address);
  const address = read.ok ? read.address : question.address.trim().toLowerCase();
  const people = [...(await loadContacts(tx, await contactsAskedFor(tx, workspaceId, address))).values()];
  const mustChoose = people.length > 1 && question.contactIds === undefined;
  const chosen = mustChoose ? [] : people.filter(({ contact_id }) => question.contactIds?.includes(contact_id) ?? true);
  const ids = chosen.map(({ contact_id }) => contact_id);
  const all = [
    ...new Set([...(people.length === 0 && read.ok ? [address] : []), ...chosen.flatMap((one) => [...one.addresses, ...one.former])]),
  ].sort();
  const shared = await sharedAmong(tx, workspaceId, all, ids);
  const own = all.filter((one) => !shared.has(one));
  const records = await tx.query<RecordOfPerson>(
    `SELECT connection_id, remote_id, contact_id, grp, presence, body FROM records WHERE workspace_id = $1 AND contact_id = ANY($2)
     ORDER BY connection_id, remote_id`,
    [workspaceId, ids],
  );
  const remotes = await tx.query<RemoteOfPerson>(
    `SELECT remote_person_id, connection_id, remote_id, address, version, pending FROM remote_persons
     WHERE workspace_id = $1 AND address = ANY($2) ORDER BY connection_id, address`,
    [workspaceId, own],
  );
  const places = mustChoose ? [] : await placesOf(tx, { workspaceId, own, records, remotes, at: question.at ?? [] });
  return { workspaceId, address, people, chosen, mustChoose, own, shared, records, remotes, places };
}

/** Of these addresses, those that others have too, with how many. */
async function sharedAmong(
  tx: Tx,
  workspaceId: string,
  addresses: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ address: string; others: number }>(
    `SELECT a.address, count(*)::int AS others FROM addresses a JOIN contacts c ON c.contact_id = ANY(a.contact_ids)
     WHERE a.workspace_id = $1 AND a.address = ANY($2) AND c.contact_id <> ALL($3) GROUP BY a.address`,
    [workspaceId, addresses, ids],
  );
  return new Map(rows.map(({ address, others }) => [address, others]));
}

/** What an order has to bear: it is of these people, records and places, and no others. */
export function confirmationOf({ workspaceId, chosen, own, records, places }: ErasureScope): string {
  const of = [
    workspaceId,
    chosen.map(({ contact_id }) => contact_id).sort(),
    own,
    records.map(({ connection_id, remote_id }) => [connection_id, remote_id]),
    places.map(({ connectionId, does }) => [connectionId, does]),
  ];
  return createHash('sha256').update(JSON.stringify(of)).digest('hex');
}
