import { insertRows, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Holders } from './lock-addresses';

export interface ContactRow {
  readonly contact_id: string;
  readonly addresses: readonly string[];
  readonly former: readonly string[];
}

export async function loadContacts(tx: Tx, ids: Iterable<string>): Promise<Map<string, ContactRow>> {
  const rows = await tx.query<ContactRow>('SELECT contact_id, addresses, former FROM contacts WHERE contact_id = ANY($1)', [
    [...new Set(ids)],
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
  // Former addresses were held when they were present ones.
  const fresh = contacts.flatMap(({ contact_id, addresses }) =>
    addresses.filter((address) => holders.get(address)?.includes(contact_id) !== true).map((address) => ({ contact_id, address })),
  );
  if (fresh.length === 0) return;
  await tx.query(
    `UPDATE addresses a SET contact_ids = a.contact_ids || fresh.ids
     FROM (SELECT address, array_agg(contact_id) AS ids FROM unnest($2::text[], $3::uuid[]) AS held(address, contact_id) GROUP BY address) fresh
     WHERE a.workspace_id = $1 AND a.address = fresh.address`,
    [workspaceId, fresh.map(({ address }) => address), fresh.map(({ contact_id }) => contact_id)],
  );
  for (const { address, contact_id } of fresh) holders.set(address, [...(holders.get(address) ?? []), contact_id]);
}

/** The contact with its addresses as a reading shows them now: what it lacks becomes a former address, for consent stays with the person. */
export function withAddresses(contact: ContactRow, own: readonly string[], others: readonly string[]): ContactRow {
  const addresses = [...new Set([...own, ...others])].sort();
  const former = [...new Set([...contact.former, ...contact.addresses])].filter((address) => !addresses.includes(address)).sort();
  return { contact_id: contact.contact_id, addresses, former };
}
