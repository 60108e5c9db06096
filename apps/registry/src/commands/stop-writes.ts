import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { obeyed, refused, type Answer } from './answer';

/** Halts every write of a workspace, opt-outs apart: nothing is let out, and the last look lets nothing go to a provider. */
export async function stopWrites(tx: Tx, workspaceId: string, by: string): Promise<Answer> {
  const rows = await tx.query('INSERT INTO workspace_stops (workspace_id, stopped_by) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1', [
    workspaceId,
    by,
  ]);
  return rows.length === 0 ? refused('conflict', 'everything is stopped already') : obeyed();
}

/** Everything goes on where it stood. Runs that waited are not called idle for it. */
export async function continueWrites(tx: Tx, parts: RegistryParts, workspaceId: string): Promise<Answer> {
  const rows = await tx.query('DELETE FROM workspace_stops WHERE workspace_id = $1 RETURNING 1', [workspaceId]);
  if (rows.length === 0) return refused('conflict', 'nothing is stopped');
  await tx.query("UPDATE runs SET progressed_at = now() WHERE workspace_id = $1 AND state IN ('removing', 'upserting')", [workspaceId]);
  tx.afterCommit(parts.nudgeRuns);
  tx.afterCommit(parts.nudgeDue);
  return obeyed();
}
