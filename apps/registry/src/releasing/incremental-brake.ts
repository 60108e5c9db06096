import { brake, type LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';

interface DueSlot {
  readonly slot_key: string;
  readonly urgent: boolean;
}

/**
 * The brake between runs: removals of the last 24 hours and those now due together may not pass the link's limits. What it holds waits for
 * the next run, whose plan has its own brake. Opt-outs are never held.
 */
export async function incrementalBrake(
  tx: Tx,
  link: LinkVersion,
  due: readonly DueSlot[],
): Promise<{ readonly slots: ReadonlySet<string>; readonly problem?: string }> {
  const scope = [link.workspaceId, link.linkId];
  const leaving = await tx.query<{ slot_key: string }>(
    `SELECT slot_key FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND slot_key = ANY($3) AND desired IS NULL AND released IS NOT NULL`,
    [...scope, due.filter(({ urgent }) => !urgent).map(({ slot_key }) => slot_key)],
  );
  if (leaving.length === 0) return { slots: new Set() };
  // Two replicas counting at once would both pass: the link's row is locked.
  await tx.query('SELECT 1 FROM links WHERE workspace_id = $1 AND link_id = $2 FOR UPDATE', scope);
  const [counts] = await tx.query<{ lately: number; owned: number }>(
    `SELECT (SELECT count(*) FROM removals WHERE workspace_id = $1 AND link_id = $2 AND at > now() - interval '24 hours') AS lately,
       (SELECT count(*) FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND released IS NOT NULL) AS owned`,
    scope,
  );
  const lately = counts?.lately ?? 0;
  const verdict = brake({ remove: lately + leaving.length, owned: (counts?.owned ?? 0) + lately }, [], link.brake);
  if (verdict.pass) {
    await tx.query('INSERT INTO removals (workspace_id, link_id, slot_key) SELECT $1, $2, unnest($3::text[])', [
      ...scope,
      leaving.map(({ slot_key }) => slot_key),
    ]);
    return { slots: new Set() };
  }
  return {
    slots: new Set(leaving.map(({ slot_key }) => slot_key)),
    problem: `removals between runs wait for the next run: ${verdict.reason} in 24 hours`,
  };
}
