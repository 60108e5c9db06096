import type { Tx } from '@kontaktor/persistence';

/** Contacts by address, as the locked rows name them; `saveContacts` adds to it. */
export type Holders = Map<string, readonly string[]>;

/** Makes and locks the rows of these addresses, in sorted order, until the end of the transaction. Answers who holds each. */
export async function lockAddresses(tx: Tx, workspaceId: string, addresses: Iterable<string>): Promise<Holders> {
  const sorted = [...new Set(addresses)].sort();
  if (sorted.length === 0) return new Map();
  await tx.query('INSERT INTO addresses (workspace_id, address) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING', [
    workspaceId,
    sorted,
  ]);
  const rows = await tx.query<{ address: string; contact_ids: string[] }>(
    'SELECT address, contact_ids FROM addresses WHERE workspace_id = $1 AND address = ANY($2) ORDER BY address FOR UPDATE',
    [workspaceId, sorted],
  );
  return new Map(rows.map(({ address, contact_ids }) => [address, contact_ids]));
}
