import type { PlanCounts, RunState } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';

export interface RunRow {
  readonly run_id: string;
  readonly workspace_id: string;
  readonly link_id: string;
  readonly link_version: number;
  readonly source_version: number;
  readonly destination_version: number;
  readonly mode: 'full' | 'dry' | 'undo';
  /** The run that it undoes. */
  readonly undoes: string | null;
  readonly state: RunState;
  readonly correlation_id: string;
  readonly requested_by: string | null;
  readonly slot: Date | null;
  readonly requested_at: Date;
  readonly finished_at: Date | null;
  readonly progressed_at: Date;
  readonly state_since: Date;
  readonly plan_hash: string | null;
  readonly plan: PlanCounts | null;
  readonly warnings: readonly string[];
  readonly approved_hash: string | null;
  readonly approved_by: string | null;
  readonly approved_at: Date | null;
  readonly canary: number;
  readonly decided_upto: string;
  readonly phase_cursor: string;
  readonly phase_total: number;
  readonly phase_final: number;
  readonly read: number;
  readonly unfit: number;
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
  readonly failed: number;
  readonly stopped: number;
  readonly removals_failed: number;
  readonly calls: number;
  readonly problem: string | null;
  /** Trace context of what asked for it. */
  readonly traceparent: string | null;
}

/** `SELECT …` of runs as `RunRow`, with the counts of their outcomes; to be followed by conditions on `r`. */
export const selectRuns = `SELECT r.*, c.*, r.phase_final + c.final AS phase_final, r.calls + c.write_calls AS calls,
    greatest(r.progressed_at, c.told_at) AS progressed_at
  FROM runs r CROSS JOIN LATERAL (SELECT ${sumsOf('final', 'created', 'updated', 'removed', 'failed', 'stopped', 'removals_failed')},
    coalesce(sum(calls), 0)::int AS write_calls, max(told_at) AS told_at FROM run_counts WHERE run_counts.run_id = r.run_id) c`;

function sumsOf(...names: readonly string[]): string {
  return names.map((name) => `coalesce(sum(${name}), 0)::int AS ${name}`).join(', ');
}

const live = "('requested', 'reading', 'planning', 'awaiting-approval', 'removing', 'upserting')";

export async function liveRunIds(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ run_id: string }>(`SELECT run_id FROM runs WHERE state IN ${live} ORDER BY requested_at`);
  return rows.map(({ run_id }) => run_id);
}

/** The run, locked, while it is live and no other replica has it in hand. */
export async function lockLiveRun(db: Queryable, runId: string): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(`${selectRuns} WHERE r.run_id = $1 AND r.state IN ${live} FOR UPDATE OF r SKIP LOCKED`, [runId]);
  return row;
}

/** A run of a workspace in any state, locked. */
export async function lockRun(db: Queryable, workspaceId: string, runId: string): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(`${selectRuns} WHERE r.run_id::text = $1 AND r.workspace_id = $2 FOR UPDATE OF r`, [
    runId,
    workspaceId,
  ]);
  return row;
}

/** The live run of a link, locked, if it waits for approval. */
export async function lockWaitingRun(db: Queryable, workspaceId: string, linkId: string): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(
    `${selectRuns} WHERE r.workspace_id = $1 AND r.link_id = $2 AND r.state = 'awaiting-approval' FOR UPDATE OF r`,
    [workspaceId, linkId],
  );
  return row;
}
