import type { RunView } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import { progressOf, runCounts } from '../runs/run-counts';
import { selectRuns, type RunRow } from '../runs/run-row';

export async function runViews(db: Queryable, workspaceId: string, linkId: string | undefined, limit: number): Promise<RunView[]> {
  const rows = await db.query<RunRow>(
    `${selectRuns} WHERE r.workspace_id = $1 AND ($2::text IS NULL OR r.link_id = $2) ORDER BY r.requested_at DESC, r.run_id DESC LIMIT $3`,
    [workspaceId, linkId ?? null, limit],
  );
  return rows.map(toView);
}

export async function runViewOf(db: Queryable, workspaceId: string, runId: string): Promise<RunView | undefined> {
  const [row] = await db.query<RunRow>(`${selectRuns} WHERE r.workspace_id = $1 AND r.run_id::text = $2`, [workspaceId, runId]);
  return row === undefined ? undefined : toView(row);
}

function toView(run: RunRow): RunView {
  return {
    ...{ runId: run.run_id, linkId: run.link_id, linkVersion: run.link_version, mode: run.mode, state: run.state, undoes: run.undoes },
    ...{ requestedBy: run.requested_by, slot: run.slot?.toISOString() ?? null, requestedAt: run.requested_at.toISOString() },
    ...{ finishedAt: run.finished_at?.toISOString() ?? null, planHash: run.plan_hash, counts: runCounts(run) },
    ...{ progress: progressOf(run), problem: run.problem, warnings: [...run.warnings] },
    ...{ approvedBy: run.approved_by, approvedAt: run.approved_at?.toISOString() ?? null },
  };
}
