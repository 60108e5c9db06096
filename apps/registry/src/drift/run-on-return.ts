import type { Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { LinkRow } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { announceProgress } from '../runs/announce-progress';
import type { RunRow } from '../runs/run-row';

/** Asks for a run of a link that has something back: it reads both ends, then lifts the pause. While another run is on, the next one does. */
export async function runOnReturn(tx: Tx, parts: RegistryParts, { link, isReady }: LinkRow): Promise<void> {
  if (!link.enabled || !isReady) return;
  const runId = uuidv7();
  // Asked for a moment after the return: only a run that began later lifts the pause.
  const rows = await tx.query(
    `INSERT INTO runs (run_id, workspace_id, link_id, link_version, mode, state, correlation_id, requested_by, requested_at)
     VALUES ($1, $2, $3, $4, 'full', 'requested', $5, 'schema drift', now() + interval '1 microsecond') ON CONFLICT DO NOTHING RETURNING 1`,
    [runId, link.workspaceId, link.linkId, link.version, uuidv7()],
  );
  if (rows.length === 0) return;
  await announceProgress(tx, parts.outbox, runId);
  tx.afterCommit(parts.nudgeRuns);
}

/** Both ends were read since what was gone is back: its pause ends, and everybody of the link is looked at by the plan. */
export async function liftReturned(tx: Tx, { workspace_id, link_id, run_id }: RunRow): Promise<void> {
  const lifted = await tx.query(
    `DELETE FROM drifts d USING runs r WHERE d.workspace_id = $1 AND d.link_id = $2 AND r.run_id = $3 AND d.returned_at < r.requested_at
     RETURNING 1`,
    [workspace_id, link_id, run_id],
  );
  if (lifted.length === 0) return;
  await tx.query(
    'UPDATE memberships SET recheck = true WHERE workspace_id = $1 AND link_id = $2 AND released_address IS NOT NULL AND NOT recheck',
    [workspace_id, link_id],
  );
}
