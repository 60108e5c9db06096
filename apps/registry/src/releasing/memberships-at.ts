import type { Desire, Reason } from '@kontaktor/domain';
import { byKeys, eachOf, keyOfMembership } from '../deciding/membership-keys';
import { columnArrays, unnestOf, type Tx } from '@kontaktor/persistence';

/** A membership as releasing sees it. */
export interface MembershipAt {
  readonly link_id: string;
  readonly slot_key: string;
  readonly connection_id: string;
  readonly remote_id: string;
  readonly contact_id: string;
  readonly address: string | null;
  readonly desired: Desire | null;
  readonly desired_hash: string;
  readonly released: Desire | null;
  readonly released_hash: string;
  readonly released_address: string | null;
  /** Addresses that were let go and are not confirmed to be left. */
  readonly leaving: readonly string[];
  readonly reason: Reason;
  readonly eligible: boolean;
  readonly urgent: boolean;
  readonly recheck: boolean;
  readonly outcome: string;
  readonly marked: boolean;
  readonly mark_version: number;
}

const selected =
  'link_id, slot_key, connection_id, remote_id, contact_id, address, desired, desired_hash, released, released_hash, released_address, leaving, reason, eligible, urgent, recheck, outcome, marked, mark_version';

/**
 * SQL of the keys of memberships at addresses: of those that have, let out or are leaving one of them. `$1` is the workspace; the parameters of
 * links and addresses are named.
 */
export function keysAt(links: string, addresses: string): string {
  const at = (column: string): string =>
    `SELECT link_id, slot_key FROM (${eachOf(addresses, `m.${column}`, keyOfMembership)}) AS here WHERE here.link_id = ANY(${links})`;
  return `(${at('address')} UNION ${at('released_address')} UNION SELECT link_id, slot_key FROM memberships, unnest(leaving) AS left_one
    WHERE workspace_id = $1 AND link_id = ANY(${links}) AND leaving <> '{}' AND left_one = ANY(${addresses}))`;
}

/** All memberships of these links that have, let out or are leaving one of these addresses. */
export function membershipsAt(
  tx: Tx,
  workspaceId: string,
  linkIds: readonly string[],
  addresses: readonly string[],
  lock: '' | 'FOR UPDATE',
): Promise<MembershipAt[]> {
  return tx.query<MembershipAt>(byKeys(keysAt('$2', '$3'), selected, lock), [workspaceId, linkIds, [...new Set(addresses)]]);
}

/** Memberships of one link by slot, unlocked. */
export function membershipsOfSlots(tx: Tx, workspaceId: string, linkId: string, slotKeys: readonly string[]): Promise<MembershipAt[]> {
  return tx.query<MembershipAt>(
    `SELECT ${selected} FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND slot_key = ANY($3) ORDER BY slot_key`,
    [workspaceId, linkId, slotKeys],
  );
}

/** Memberships of one link that differ from what was let out, stand otherwise at the destination, or have not surely left an address; after a slot key, in its order. */
export function differingMemberships(tx: Tx, workspaceId: string, linkId: string, after: string, limit: number): Promise<MembershipAt[]> {
  return tx.query<MembershipAt>(
    `SELECT ${selected} FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND (desired_hash <> released_hash OR recheck OR leaving <> '{}') AND slot_key > $3
     ORDER BY slot_key LIMIT $4`,
    [workspaceId, linkId, after, limit],
  );
}

export interface ReleasedRow {
  readonly link_id: string;
  readonly slot_key: string;
  readonly released: Desire | null;
  readonly released_hash: string;
  readonly released_address: string | null;
  readonly leaving: readonly string[];
  readonly outcome: string;
}

const columns = {
  link_id: 'text',
  slot_key: 'text',
  released: 'json',
  released_hash: 'text',
  released_address: 'text',
  leaving: 'text[]',
  outcome: 'text',
};

/** Lets out: what is released is no longer due, nor to be looked at again. */
export async function saveReleased(tx: Tx, workspaceId: string, rows: readonly ReleasedRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 1000) {
    await tx.query(
      `UPDATE memberships m SET released = fresh.released, released_hash = fresh.released_hash, released_address = fresh.released_address,
         leaving = fresh.leaving, outcome = fresh.outcome, recheck = false, due_at = NULL, urgent = false
       FROM ${unnestOf(columns, 'fresh')} WHERE m.workspace_id = $${Object.keys(columns).length + 1} AND m.link_id = fresh.link_id AND m.slot_key = fresh.slot_key`,
      [...columnArrays(columns, rows.slice(start, start + 1000)), workspaceId],
    );
  }
}
