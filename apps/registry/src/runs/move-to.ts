import { isFinal, moveRun, type RunState } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { forgetHeld } from '../releasing/held-removals';
import { announceProgress } from './announce-progress';
import type { RunRow } from './run-row';

interface Move {
  readonly problem?: string;
  /** It goes on later where it stands in its phase. */
  readonly keepsPlace?: boolean;
}

/** Moves a locked run by the table of allowed moves, and tells it. What it waited for is no problem any more once it goes on. */
export async function moveTo(tx: Tx, parts: RegistryParts, run: RunRow, to: RunState, move: Move = {}): Promise<void> {
  const state = moveRun(run.state, to);
  const { problem = run.state === 'awaiting-approval' ? null : run.problem, keepsPlace = false } = move;
  await tx.query(
    `UPDATE runs SET state = $2, problem = $3, progressed_at = now(), state_since = now(),
       phase_cursor = CASE WHEN $5 THEN phase_cursor ELSE '' END,
       phase_total = CASE WHEN $4 OR $5 THEN phase_total ELSE 0 END, phase_final = CASE WHEN $4 OR $5 THEN phase_final
         ELSE -(SELECT coalesce(sum(final), 0) FROM run_counts WHERE run_id = $1) END,
       finished_at = CASE WHEN $4 THEN now() ELSE NULL END WHERE run_id = $1`,
    [run.run_id, state, problem, isFinal(state), keepsPlace],
  );
  if (state === 'done' && run.mode === 'full') {
    await forgetHeld(tx, run.workspace_id, run.link_id);
    await wakeWaiting(tx, run);
  }
  await announceProgress(tx, parts.outbox, run.run_id);
  tx.afterCommit(() => tellPhase(parts, run));
  tx.afterCommit(parts.nudgeRuns);
  tx.afterCommit(parts.nudgeDue);
}

/** The phase that has ended, as a span: it may have lasted for hours and passed through several processes. */
function tellPhase({ tracing }: RegistryParts, run: RunRow): void {
  const attributes = { 'kontaktor.run': run.run_id, 'kontaktor.link': run.link_id, 'kontaktor.mode': run.mode };
  void tracing.span({ name: `run ${run.state}`, causes: [run.traceparent], startedAt: run.state_since, attributes }, async () => undefined);
}

/**
 * What was decided anew while the run planned or wrote is due now. Nothing of a run that did not end as it should: a person stopped it, or the
 * brake did; what its reads brought waits for the next plan.
 */
async function wakeWaiting(tx: Tx, { workspace_id, link_id }: RunRow): Promise<void> {
  await tx.query(
    `UPDATE memberships m SET due_at = now() FROM links l
     WHERE m.workspace_id = $1 AND m.link_id = $2 AND l.workspace_id = m.workspace_id AND l.link_id = m.link_id AND l.ready_version = l.version
       AND l.body ->> 'mode' = 'live' AND m.desired_hash <> m.released_hash`,
    [workspace_id, link_id],
  );
}
