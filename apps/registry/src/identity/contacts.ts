import { insertRows, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Holders } from './lock-addresses';

export interface ContactRow {
  readonly contact_id: string;
  readonly addresses: readonly string[];
  readonly former: readonly string[];
}

export const loadContacts = (tx: Tx, ids: Iterable<string>): Promise<Map<string, ContactRow>> => contactsById(tx, ids, '');

/** Locks them: two records of one contact, with no address in common, may change at the same time. */
export const lockContacts = (tx: Tx, ids: Iterable<string>): Promise<Map<string, ContactRow>> =>
  contactsById(tx, ids, 'ORDER BY contact_id FOR NO KEY UPDATE');

async function contactsById(
  tx: Tx,
  ids: Iterable<string>,
  lock: '' | 'ORDER BY contact_id FOR NO KEY UPDATE',
): Promise<Map<string, ContactRow>> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return new Map();
  const rows = await tx.query<ContactRow>(`SELECT contact_id, addresses, former FROM contacts WHERE contact_id = ANY($1) ${lock}`, [
    unique,
  ]);
  return new Map(rows.map((row) => [row.contact_id, row]));
}

export const newContactId = (): string => uuidv7();

/** Keeps new and changed contacts, and who holds each of their addresses. The rows of those addresses must be locked. */
export async function saveContacts(tx: Tx, workspaceId: string, contacts: readonly ContactRow[], holders: Holders): Promise<void> {
  if (contacts.length === 0) return;
  const rows = contacts.map((contact) => ({ ...contact, workspace_id: workspaceId }));
  const columns = { contact_id: 'uuid', workspace_id: 'text', addresses: 'text[]', former: 'text[]' };
  await insertRows(tx, 'contacts', columns, rows, {
    onConflict: 'ON CONFLICT (contact_id) DO UPDATE SET addresses = excluded.addresses, former = excluded.former',
  });
  // Addresses that are not locked here were held before.
  const fresh = contacts.flatMap(({ contact_id, addresses, former }) =>
    [...addresses, ...former]
      .filter((address) => holders.get(address)?.includes(contact_id) === false)
      .map((address) => ({ contact_id, address })),
  );
  await addHolders(
    tx,
    workspaceId,
    fresh.filter(({ address, contact_id }) => holders.promised.get(address) !== contact_id),
  );
  for (const { address, contact_id } of fresh) {
    holders.set(address, [...(holders.get(address) ?? []), contact_id]);
    if (holders.promised.get(address) === contact_id) holders.promised.delete(address);
  }
}

async function addHolders(
  tx: Tx,
  workspaceId: string,
  fresh: readonly { readonly contact_id: string; readonly address: string }[],
): Promise<void> {
  if (fresh.length === 0) return;
  await tx.query(
    `UPDATE addresses a SET contact_ids = a.contact_ids || fresh.ids
     FROM (SELECT address, array_agg(contact_id) AS ids FROM unnest($2::text[], $3::uuid[]) AS held(address, contact_id) GROUP BY address) fresh
     WHERE a.workspace_id = $1 AND a.address = fresh.address`,
    [workspaceId, fresh.map(({ address }) => address), fresh.map(({ contact_id }) => contact_id)],
  );
}

/** The contact with its addresses as a reading shows them now: what it lacks becomes a former address, for consent stays with the person. */
export function withAddresses(contact: ContactRow, own: readonly string[], others: readonly string[]): ContactRow {
  const addresses = [...new Set([...own, ...others])].sort();
  const former = [...new Set([...contact.former, ...contact.addresses])].filter((address) => !addresses.includes(address)).sort();
  return { contact_id: contact.contact_id, addresses, former };
}

/** The contact with addresses that were its own once. */
export function withFormer({ contact_id, addresses, former }: ContactRow, passed: readonly string[]): ContactRow {
  const more = passed.filter((address) => !addresses.includes(address));
  return { contact_id, addresses, former: [...new Set([...former, ...more])].sort() };
}
