import type { Queryable } from '@kontaktor/persistence';
import { eachOf } from './membership-keys';

interface Near {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly remoteIds: readonly string[];
  readonly linkIds: readonly string[];
}

export interface NearMembership {
  readonly connection_id: string;
  readonly remote_id: string;
  readonly address: string | null;
}

/** Memberships of records, of anybody of their connection at these addresses, and of these slots wherever they stand. */
export function membershipsNear(
  db: Queryable,
  { workspaceId, connectionId, remoteIds, linkIds }: Near,
  addresses: readonly string[],
  slotKeys: readonly string[],
): Promise<NearMembership[]> {
  const selected = 'm.connection_id, m.remote_id, m.address';
  return db.query<NearMembership>(
    `${eachOf('$3', 'm.connection_id = $2 AND m.remote_id', selected)}
     UNION ALL SELECT * FROM (${eachOf('$5', 'm.address', selected)}) AS here WHERE here.connection_id = $2
     UNION ALL ${eachOf('$6', 'm.link_id = ANY($4) AND m.slot_key', selected)}`,
    [workspaceId, connectionId, remoteIds, linkIds, addresses, slotKeys],
  );
}
