import type { LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';

/** Where a delivery to an address is written down. */
export interface Diary {
  readonly address: string;
  readonly link: LinkVersion;
  readonly contactId: string;
  /** The record, or the group it belongs to: the diary is the group's. */
  readonly remoteId: string;
  readonly slotKey: string;
}

interface Row {
  readonly address: string;
  readonly link_id: string;
  readonly slot_key: string;
  readonly contact_id: string;
  readonly remote_id: string;
  readonly grp: string | null;
  readonly rank: number;
}

/**
 * The diary of each address among links that keep one: of the profile whose membership it came from, else of the first that has the address,
 * else of the contact that had it formerly.
 */
export async function findDiaries(
  tx: Tx,
  workspaceId: string,
  links: readonly LinkVersion[],
  addresses: readonly string[],
): Promise<Map<string, Diary>> {
  const keeping = new Map(links.filter(({ diary }) => diary).map((link) => [link.linkId, link]));
  const diaries = new Map<string, Diary>();
  if (keeping.size === 0 || addresses.length === 0) return diaries;
  const rows = await tx.query<Row>(
    `SELECT a.address, m.link_id, m.slot_key, m.contact_id, m.remote_id, r.grp,
       CASE WHEN m.released_address = a.address THEN 0 WHEN m.address = a.address THEN 1 ELSE 2 END AS rank
     FROM addresses a JOIN records r ON r.contact_id = ANY(a.contact_ids)
     JOIN memberships m ON m.workspace_id = r.workspace_id AND m.connection_id = r.connection_id AND m.remote_id = r.remote_id
       AND m.link_id = ANY($2)
     WHERE a.workspace_id = $1 AND a.address = ANY($3) AND r.presence <> 'gone'
     ORDER BY rank, m.link_id, m.slot_key`,
    [workspaceId, [...keeping.keys()], addresses],
  );
  for (const row of rows) {
    const link = keeping.get(row.link_id);
    if (link === undefined || diaries.has(row.address)) continue;
    diaries.set(row.address, {
      address: row.address,
      link,
      contactId: row.contact_id,
      remoteId: row.grp ?? row.remote_id,
      slotKey: row.slot_key,
    });
  }
  return diaries;
}
