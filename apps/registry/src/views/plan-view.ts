import type { PlanView } from '@kontaktor/contracts';
import type { PlanOperation, Reason } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { PlannedWrite } from '../runs/planned-write';
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
  readonly writes: readonly PlannedWrite[] | null;
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

/** What changes most comes first. */
const order: readonly PlanOperation[] = ['remove', 'create', 'update', 'kept', 'irreversible', 'excluded', 'unchanged'];

/** By operation, then in the order of slots. */
function itemsOf(tx: Tx, run: RunRow, { operation, parkedOnly, after, limit }: PlanPage): Promise<Row[]> {
  const [lastOperation, ...lastSlot] = after?.split('|') ?? [];
  return tx.query<Row>(
    `SELECT p.slot_key, p.operation, p.payload_hash, p.reason, p.parked, p.writes, m.remote_id, coalesce(m.address, m.released_address) AS address
     FROM (SELECT *, array_position($2::text[], operation) AS rank FROM plan_items
       WHERE run_id = $1 AND ($3::text IS NULL OR operation = $3) AND (NOT $4 OR parked)
         AND (array_position($2::text[], operation), slot_key) > (coalesce(array_position($2::text[], $5), 0), $6)
       ORDER BY rank, slot_key LIMIT $7) p
     LEFT JOIN memberships m ON m.workspace_id = $8 AND m.link_id = $9 AND m.slot_key = p.slot_key
     ORDER BY p.rank, p.slot_key`,
    [run.run_id, order, operation ?? null, parkedOnly, lastOperation ?? null, lastSlot.join('|'), limit, run.workspace_id, run.link_id],
  );
}
