import type { Tx } from '@kontaktor/persistence';

/** Takes up to `wanted` removals from what a person lifted the brake for. The caller holds the link's lock. */
export async function takeLifted(tx: Tx, workspaceId: string, linkId: string, wanted: number): Promise<number> {
  const [row] = await tx.query<{ taken: number }>(
    `UPDATE brake_lifts l SET removals = l.removals - least(l.removals, $3) FROM brake_lifts before
     WHERE l.workspace_id = $1 AND l.link_id = $2 AND l.until > now() AND l.removals > 0
       AND before.workspace_id = l.workspace_id AND before.link_id = l.link_id RETURNING before.removals - l.removals AS taken`,
    [workspaceId, linkId, wanted],
  );
  return row?.taken ?? 0;
}
