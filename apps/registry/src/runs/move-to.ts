import { isFinal, moveRun, type RunState } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { announceProgress } from './announce-progress';
import type { RunRow } from './run-row';

interface Move {
  readonly problem?: string;
}

/** Moves a locked run by the table of allowed moves, and tells it. */
export async function moveTo(tx: Tx, parts: RegistryParts, run: RunRow, to: RunState, { problem }: Move = {}): Promise<void> {
  const state = moveRun(run.state, to);
  await tx.query(
    `UPDATE runs SET state = $2, problem = coalesce($3, problem), phase_cursor = '', phase_total = 0, phase_final = 0, progressed_at = now(),
       finished_at = CASE WHEN $4 THEN now() ELSE NULL END WHERE run_id = $1`,
    [run.run_id, state, problem ?? null, isFinal(state)],
  );
  if (isFinal(state)) await wakeWaiting(tx, run);
  await announceProgress(tx, parts.outbox, run.run_id);
  tx.afterCommit(parts.nudgeRuns);
  tx.afterCommit(parts.nudgeDue);
}

/** What came between runs while this one was on is due now; a link that has had no finished run of its version leaves it to the next plan. */
async function wakeWaiting(tx: Tx, { workspace_id, link_id }: RunRow): Promise<void> {
  await tx.query(
    `UPDATE memberships m SET due_at = now() FROM links l
     WHERE m.workspace_id = $1 AND m.link_id = $2 AND l.workspace_id = m.workspace_id AND l.link_id = m.link_id AND l.ready_version = l.version
       AND m.desired_hash <> m.released_hash`,
    [workspace_id, link_id],
  );
}
