import type { Tx } from '@kontaktor/persistence';
import { decideRecords } from '../deciding/decide-records';
import type { LinkRow } from '../deciding/links';
import { lockAddresses } from '../identity/lock-addresses';
import { addressesOfMembership } from '../releasing/let-out';
import { membershipsOfSlots } from '../releasing/memberships-at';
import type { RunRow } from '../runs/run-row';

/** Holds profiles to what their undo planned, unless they were decided anew since; then they are left as they are. */
export async function beginHolds(tx: Tx, run: RunRow, row: LinkRow, slotKeys: readonly string[]): Promise<void> {
  const scope = [run.run_id, run.workspace_id, run.link_id, slotKeys];
  const fitting = `FROM memberships m WHERE m.workspace_id = $2 AND m.link_id = $3 AND m.slot_key = h.slot_key AND m.desired_hash = h.seen_hash`;
  await lockAll(tx, run, slotKeys);
  // A later undo of the same profile takes the place of an earlier one.
  await tx.query(
    `DELETE FROM undo_holds old WHERE old.workspace_id = $2 AND old.link_id = $3 AND old.slot_key = ANY($4) AND old.since IS NOT NULL AND old.run_id <> $1
       AND EXISTS (SELECT 1 FROM undo_holds h WHERE h.run_id = $1 AND h.slot_key = old.slot_key AND EXISTS (SELECT 1 ${fitting}))`,
    scope,
  );
  await tx.query(`UPDATE undo_holds h SET since = now() ${fitting} AND h.run_id = $1 AND h.slot_key = ANY($4)`, scope);
  await decideSlots(tx, run, row, slotKeys);
}

/** What could not be let out after all is not held. */
export async function dropHolds(tx: Tx, run: RunRow, row: LinkRow, slotKeys: readonly string[]): Promise<void> {
  if (slotKeys.length === 0) return;
  await tx.query('DELETE FROM undo_holds WHERE run_id = $1 AND slot_key = ANY($2)', [run.run_id, slotKeys]);
  await decideSlots(tx, run, row, slotKeys);
}

/** All addresses in one sorted order, before anything of theirs is read. */
async function lockAll(tx: Tx, { workspace_id, link_id }: RunRow, slotKeys: readonly string[]): Promise<void> {
  const slots = await membershipsOfSlots(tx, workspace_id, link_id, slotKeys);
  await lockAddresses(tx, workspace_id, slots.flatMap(addressesOfMembership));
}

async function decideSlots(tx: Tx, { workspace_id, link_id }: RunRow, row: LinkRow, slotKeys: readonly string[]): Promise<void> {
  const slots = await membershipsOfSlots(tx, workspace_id, link_id, slotKeys);
  const remoteIds = [...new Set(slots.map(({ remote_id }) => remote_id))];
  const question = { workspaceId: workspace_id, connectionId: row.link.source.connectionId, remoteIds, links: [row] };
  await decideRecords(tx, { ...question, isPlanned: () => true, held: new Set(slots.flatMap(addressesOfMembership)) });
}
