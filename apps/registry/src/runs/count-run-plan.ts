import { planHasher, type LinkVersion, type PlanCounts, type PlanItem, type PlanOperation, type Reason } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RunRow } from './run-row';

/** Counts of a run's plan: planned items by operation, and all profiles of the link by eligibility and reason. */
export async function countRunPlan(tx: Tx, run: RunRow, link: LinkVersion): Promise<PlanCounts> {
  const scope = [link.workspaceId, link.linkId];
  const operations = await tx.query<{ operation: PlanOperation; count: number }>(
    'SELECT operation, count(*) AS count FROM plan_items WHERE run_id = $1 GROUP BY operation',
    [run.run_id],
  );
  const reasons = await tx.query<{ eligible: boolean; code: string; count: number }>(
    `SELECT eligible, reason ->> 'code' AS code, count(*) AS count FROM memberships WHERE workspace_id = $1 AND link_id = $2 GROUP BY 1, 2`,
    scope,
  );
  // Who is to leave, and could not yet, is a member still.
  const [owned] = await tx.query<{ count: number }>(
    "SELECT count(*) AS count FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND (released IS NOT NULL OR leaving <> '{}')",
    scope,
  );
  const of = (operation: PlanOperation): number => operations.find((one) => one.operation === operation)?.count ?? 0;
  if (run.mode === 'undo') return undoCounts(of, owned?.count ?? 0);
  const excluded = reasons.filter(({ eligible }) => !eligible);
  const total = (rows: readonly { readonly count: number }[]): number => rows.reduce((sum, { count }) => sum + count, 0);
  const eligible = total(reasons) - total(excluded);
  const [create, update] = [of('create'), of('update')];
  return {
    ...{ read: run.read, eligible, excluded: total(excluded), owned: owned?.count ?? 0 },
    excludedBy: Object.fromEntries(excluded.map(({ code, count }) => [code, count])),
    ...{ create, update, remove: of('remove'), unchanged: eligible - create - update },
  };
}

/** Of the profiles that the run changed; of the others an undo says nothing. */
function undoCounts(of: (operation: PlanOperation) => number, owned: number): PlanCounts {
  const [update, remove] = [of('update'), of('remove')];
  return {
    ...{ read: 0, eligible: update, excluded: 0, excludedBy: {}, create: 0, update, remove, unchanged: 0, owned },
    ...{ kept: of('kept'), irreversible: of('irreversible') },
  };
}

const atOnce = 5000;

/** Hash of all items of a plan, read in pieces in the order of their slots. */
export async function hashRunPlan(tx: Tx, runId: string): Promise<string> {
  const hasher = planHasher();
  let last = { slot_key: '', operation: '' };
  for (;;) {
    const rows = await tx.query<{ slot_key: string; operation: PlanItem['operation']; payload_hash: string; reason: Reason }>(
      `SELECT slot_key, operation, payload_hash, reason FROM plan_items WHERE run_id = $1 AND (slot_key, operation) > ($2, $3)
       ORDER BY slot_key, operation LIMIT $4`,
      [runId, last.slot_key, last.operation, atOnce],
    );
    for (const { slot_key, operation, payload_hash, reason } of rows)
      hasher.add({ slotKey: slot_key, operation, payloadHash: payload_hash, reason });
    const end = rows.at(-1);
    if (end === undefined) return hasher.digest();
    last = end;
  }
}
