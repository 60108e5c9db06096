import type { Tx } from '@kontaktor/persistence';

/** Contacts by address, as the locked rows name them; `saveContacts` adds to it. */
export class Holders extends Map<string, readonly string[]> {
  /**
   * Contacts that are written as holders of addresses that were new, so that no second write has to name them, and are not made yet. What is
   * left of them in the end is withdrawn.
   */
  readonly promised = new Map<string, string>();
}

/**
 * Makes and locks the rows of these addresses, in sorted order, until the end of the transaction. Answers who holds each. `promises`: whom a new
 * row names as holder.
 */
export async function lockAddresses(
  tx: Tx,
  workspaceId: string,
  addresses: Iterable<string>,
  promises: ReadonlyMap<string, string> = new Map(),
): Promise<Holders> {
  const holders = new Holders();
  const sorted = [...new Set(addresses)].sort();
  if (sorted.length === 0) return holders;
  const made = await tx.query<{ address: string }>(
    `INSERT INTO addresses (workspace_id, address, contact_ids) SELECT $1, address, array_remove(ARRAY[contact_id], NULL)
     FROM unnest($2::text[], $3::uuid[]) AS wanted(address, contact_id) ON CONFLICT DO NOTHING RETURNING address`,
    [workspaceId, sorted, sorted.map((address) => promises.get(address) ?? null)],
  );
  for (const { address } of made) {
    holders.set(address, []);
    const promise = promises.get(address);
    if (promise !== undefined) holders.promised.set(address, promise);
  }
  const others = sorted.filter((address) => !holders.has(address));
  if (others.length === 0) return holders;
  const rows = await tx.query<{ address: string; contact_ids: string[] }>(
    'SELECT address, contact_ids FROM addresses WHERE workspace_id = $1 AND address = ANY($2) ORDER BY address FOR UPDATE',
    [workspaceId, others],
  );
  for (const { address, contact_ids } of rows) holders.set(address, contact_ids);
  return holders;
}

/** Takes back who was to hold an address and was not made in the end: another contact has it, or nobody. */
export async function withdrawPromises(tx: Tx, workspaceId: string, { promised }: Holders): Promise<void> {
  if (promised.size === 0) return;
  await tx.query(
    `UPDATE addresses a SET contact_ids = array_remove(a.contact_ids, left_over.contact_id)
     FROM unnest($2::text[], $3::uuid[]) AS left_over(address, contact_id) WHERE a.workspace_id = $1 AND a.address = left_over.address`,
    [workspaceId, [...promised.keys()], [...promised.values()]],
  );
  promised.clear();
}
