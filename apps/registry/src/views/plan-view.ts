import type { PlanView } from '@kontaktor/contracts';
import type { PlanOperation, Reason } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { selectRuns, type RunRow } from '../runs/run-row';
import { plannedWrites } from './planned-writes';
import { reasonView } from './reason-view';

export interface PlanPage {
  readonly operation: PlanOperation | undefined;
  /** Only what was left out of the run. */
  readonly parkedOnly: boolean;
  /** `next` of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

interface Row {
  readonly slot_key: string;
  readonly operation: PlanOperation;
  readonly payload_hash: string;
  readonly reason: Reason;
  readonly parked: boolean;
  readonly remote_id: string | null;
  readonly address: string | null;
}

/** A run's plan, a page at a time, with what each item would write. */
export async function planViewOf(tx: Tx, workspaceId: string, runId: string, page: PlanPage): Promise<PlanView | undefined> {
  const [run] = await tx.query<RunRow>(`${selectRuns} WHERE r.workspace_id = $1 AND r.run_id::text = $2`, [workspaceId, runId]);
  if (run === undefined) return undefined;
  const rows = await itemsOf(tx, run, page);
  const writes = await plannedWrites(tx, run, rows);
  const last = rows.at(-1);
  return {
    ...{ runId: run.run_id, linkId: run.link_id, mode: run.mode, state: run.state, planHash: run.plan_hash },
    ...{ counts: run.plan === null ? null : { ...run.plan, excludedBy: { ...run.plan.excludedBy } }, warnings: [...run.warnings] },
    items: rows.map((row) => ({
      ...{ slotKey: row.slot_key, remoteId: row.remote_id, address: row.address, operation: row.operation, parked: row.parked },
      ...{ reason: reasonView(row.reason), writes: writes.get(row) ?? [] },
    })),
    next: rows.length === page.limit && last !== undefined ? `${last.operation}|${last.slot_key}` : null,
  };
}

/** In the order of slots. */
function itemsOf(tx: Tx, run: RunRow, { operation, parkedOnly, after, limit }: PlanPage): Promise<Row[]> {
  const [lastOperation = '', ...lastSlot] = (after ?? '').split('|');
  return tx.query<Row>(
    `SELECT p.slot_key, p.operation, p.payload_hash, p.reason, p.parked, m.remote_id, coalesce(m.address, m.released_address) AS address
     FROM plan_items p LEFT JOIN memberships m ON m.workspace_id = $2 AND m.link_id = $3 AND m.slot_key = p.slot_key
     WHERE p.run_id = $1 AND ($4::text IS NULL OR p.operation = $4) AND (NOT $5 OR p.parked) AND (p.slot_key, p.operation) > ($6, $7)
     ORDER BY p.slot_key, p.operation LIMIT $8`,
    [run.run_id, run.workspace_id, run.link_id, operation ?? null, parkedOnly, lastSlot.join('|'), lastOperation, limit],
  );
}
