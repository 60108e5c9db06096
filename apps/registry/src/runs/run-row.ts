import type { PlanCounts, RunState } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';

export interface RunRow {
  readonly run_id: string;
  readonly workspace_id: string;
  readonly link_id: string;
  readonly link_version: number;
  readonly mode: 'full' | 'dry';
  readonly state: RunState;
  readonly correlation_id: string;
  readonly requested_by: string | null;
  readonly slot: Date | null;
  readonly requested_at: Date;
  readonly finished_at: Date | null;
  readonly progressed_at: Date;
  readonly plan_hash: string | null;
  readonly plan: PlanCounts | null;
  readonly decided_upto: string;
  readonly phase_cursor: string;
  readonly phase_total: number;
  readonly phase_final: number;
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
  readonly failed: number;
  readonly stopped: number;
  readonly removals_failed: number;
  readonly calls: number;
  readonly problem: string | null;
}

/** States of a run that the driver can move on. */
const driven = "('requested', 'reading', 'planning', 'removing', 'upserting')";

export async function liveRunIds(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ run_id: string }>(`SELECT run_id FROM runs WHERE state IN ${driven} ORDER BY requested_at`);
  return rows.map(({ run_id }) => run_id);
}

/** The run, locked, while it is live and no other replica has it in hand. */
export async function lockLiveRun(db: Queryable, runId: string): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(`SELECT * FROM runs WHERE run_id = $1 AND state IN ${driven} FOR UPDATE SKIP LOCKED`, [runId]);
  return row;
}
