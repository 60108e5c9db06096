import { isFinal } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { announceProgress } from '../runs/announce-progress';
import { lockRun, type RunRow } from '../runs/run-row';
import { obeyed, refused, type Answer } from './answer';

/** Starts the run that undoes another one: it reads the destination, makes a plan and waits for its approval. */
export async function undoRun(tx: Tx, parts: RegistryParts, workspaceId: string, runId: string, by: string): Promise<Answer> {
  const run = await lockRun(tx, workspaceId, runId);
  if (run === undefined) return refused('not-found', 'there is no such run');
  const problem = await whyNot(tx, run);
  if (problem !== undefined) return refused('conflict', problem);
  const undoId = uuidv7();
  const rows = await tx.query(
    `INSERT INTO runs (run_id, workspace_id, link_id, link_version, mode, state, correlation_id, requested_by, undoes)
     VALUES ($1, $2, $3, 0, 'undo', 'requested', $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1`,
    [undoId, workspaceId, run.link_id, uuidv7(), by, run.run_id],
  );
  if (rows.length === 0) return refused('conflict', 'another run of this link is on; cancel it, or undo when it has ended');
  await announceProgress(tx, parts.outbox, undoId);
  tx.afterCommit(parts.nudgeRuns);
  return obeyed(undoId);
}

async function whyNot(tx: Tx, run: RunRow): Promise<string | undefined> {
  if (run.mode === 'undo')
    return 'an undo is not undone: what it holds is free again as soon as the source record, or the link, is changed; then run the link';
  if (run.mode === 'dry') return 'a dry run wrote nothing';
  if (!isFinal(run.state)) return `the run is ${run.state}; cancel it first`;
  const link = (await linkById(tx, run.workspace_id, run.link_id))?.link;
  if (link === undefined) return 'its link was deleted';
  if (link.retiring === true) return 'its link is being deleted; save the link again first';
  const written = await tx.query('SELECT 1 FROM run_changes WHERE run_id = $1 LIMIT 1', [run.run_id]);
  return written.length === 0 ? 'nothing that the run wrote is kept: it changed nothing, or is older than 90 days' : undefined;
}
