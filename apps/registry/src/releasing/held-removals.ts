import type { Tx } from '@kontaktor/persistence';

/** Keeps whom the brake between runs holds, with the reason, for the list of the link. */
export async function keepHeld(tx: Tx, workspaceId: string, linkId: string, slotKeys: readonly string[], reason: string): Promise<void> {
  await tx.query(
    `INSERT INTO held_removals (workspace_id, link_id, slot_key, reason) SELECT $1, $2, unnest($3::text[]), $4
     ON CONFLICT (workspace_id, link_id, slot_key) DO UPDATE SET reason = excluded.reason`,
    [workspaceId, linkId, slotKeys, reason],
  );
}

/** What was held is due now; whoever is wanted again meanwhile is decided as such. */
export async function wakeHeld(tx: Tx, workspaceId: string, linkId: string): Promise<void> {
  await tx.query(
    `WITH held AS (DELETE FROM held_removals WHERE workspace_id = $1 AND link_id = $2 RETURNING slot_key)
     UPDATE memberships m SET due_at = now() FROM held WHERE m.workspace_id = $1 AND m.link_id = $2 AND m.slot_key = held.slot_key
       AND m.desired_hash <> m.released_hash`,
    [workspaceId, linkId],
  );
}

/** A finished run decided over all of them by its plan. */
export async function forgetHeld(tx: Tx, workspaceId: string, linkId: string): Promise<void> {
  await tx.query('DELETE FROM held_removals WHERE workspace_id = $1 AND link_id = $2', [workspaceId, linkId]);
}
