import type { Queryable } from '@kontaktor/persistence';

const most = 20;

/**
 * Contacts that are meant by an address, now or formerly; by one that is malformed, as it was typed at the source; or by the key of a record
 * or of a mail record (`person/81`, `record/9001`).
 */
export async function contactsAskedFor(db: Queryable, workspaceId: string, asked: string): Promise<readonly string[]> {
  const [holder] = await db.query<{ contact_ids: string[] }>('SELECT contact_ids FROM addresses WHERE workspace_id = $1 AND address = $2', [
    workspaceId,
    asked,
  ]);
  if (holder !== undefined && holder.contact_ids.length > 0) return holder.contact_ids;
  const rows = await db.query<{ contact_id: string }>(
    `SELECT DISTINCT contact_id FROM memberships WHERE workspace_id = $1 AND (remote_id = $2 OR slot_key = $2
       OR (address IS NULL AND reason ->> 'code' = 'address.malformed' AND lower(btrim(reason #>> '{params,address}')) = $2)) LIMIT ${most}`,
    [workspaceId, asked],
  );
  return rows.map(({ contact_id }) => contact_id);
}
