import { brake, mayRun, type LinkVersion } from '@kontaktor/domain';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { decideRecords } from '../deciding/decide-records';
import { linkById, linksOf, type LinkRow } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { differingMemberships } from '../releasing/memberships-at';
import { keepPlannedHolds, nextUndo } from '../undo/plan-undo';
import { countRunPlan, hashRunPlan } from './count-run-plan';
import { editedSince } from './edited-since';
import { moveTo } from './move-to';
import { planItems, type PlannedItem } from './plan-items';
import { planWarnings } from './plan-warnings';
import type { RunRow } from './run-row';

const decidedAtOnce = 500;
const plannedAtOnce = 1000;

/** One step of planning: first records not yet decided for this version, then what differs, then counts, hash and brake. */
export async function planNext(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  const row = await linkById(tx, run.workspace_id, run.link_id);
  const edited = await editedSince(tx, run, row?.link);
  if (row === undefined || edited !== undefined) {
    await moveTo(tx, parts, run, 'superseded', { problem: edited });
    return true;
  }
  if (run.mode !== 'undo' && run.phase_cursor === '' && (await decideOld(tx, run, row))) return true;
  const done = await (run.mode === 'undo' ? planUndoChunk(tx, run, row.link) : planChunk(tx, run, row.link));
  if (!done) return true;
  await finishPlan(tx, parts, run, row);
  return true;
}

/** Records whose decisions are of an older version of the link, or of none; each is looked at once. */
async function decideOld(tx: Tx, run: RunRow, { link, ...row }: LinkRow): Promise<boolean> {
  const rows = await tx.query<{ remote_id: string }>(
    `SELECT remote_id FROM records r WHERE workspace_id = $1 AND connection_id = $2 AND remote_id > $6 AND NOT EXISTS
       (SELECT 1 FROM memberships m WHERE m.workspace_id = r.workspace_id AND m.connection_id = r.connection_id AND m.remote_id = r.remote_id
          AND m.link_id = $3 AND m.link_version = $4)
     AND (presence <> 'gone' OR EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = r.workspace_id
          AND m.connection_id = r.connection_id AND m.remote_id = r.remote_id AND m.link_id = $3))
     ORDER BY remote_id LIMIT $5`,
    [link.workspaceId, link.source.connectionId, link.linkId, link.version, decidedAtOnce, run.decided_upto],
  );
  const remoteIds = rows.map(({ remote_id }) => remote_id);
  const last = remoteIds.at(-1);
  if (last === undefined) return false;
  const question = { workspaceId: link.workspaceId, connectionId: link.source.connectionId, remoteIds, links: [{ link, ...row }] };
  await decideRecords(tx, { ...question, isPlanned: () => true, held: new Set() });
  await tx.query('UPDATE runs SET decided_upto = $2, progressed_at = now() WHERE run_id = $1', [run.run_id, last]);
  return true;
}

async function planChunk(tx: Tx, run: RunRow, link: LinkVersion): Promise<boolean> {
  const chunk = await differingMemberships(tx, run.workspace_id, run.link_id, run.phase_cursor, plannedAtOnce);
  const last = chunk.at(-1);
  if (last === undefined) return true;
  const into = (await linksOf(tx, link.workspaceId, 'destination_id', link.destination.connectionId)).map((one) => one.link);
  await savePlanItems(tx, run.run_id, await planItems(tx, link, into, chunk));
  await tx.query('UPDATE runs SET phase_cursor = $2, progressed_at = now() WHERE run_id = $1', [run.run_id, last.slot_key]);
  return false;
}

async function planUndoChunk(tx: Tx, run: RunRow, link: LinkVersion): Promise<boolean> {
  const chunk = await nextUndo(tx, run, link);
  if (chunk === undefined) return true;
  await savePlanItems(tx, run.run_id, chunk.items);
  await keepPlannedHolds(tx, run, link, chunk.holds);
  await tx.query('UPDATE runs SET phase_cursor = $2, progressed_at = now() WHERE run_id = $1', [run.run_id, chunk.last]);
  return false;
}

async function savePlanItems(tx: Tx, runId: string, items: readonly PlannedItem[]): Promise<void> {
  const rows = items.map(({ slotKey, operation, payloadHash, reason, writes }) => ({
    ...{ run_id: runId, slot_key: slotKey, operation, payload_hash: payloadHash, reason, writes },
  }));
  const columns = { run_id: 'uuid', slot_key: 'text', operation: 'text', payload_hash: 'text', reason: 'jsonb', writes: 'json' };
  await insertRows(tx, 'plan_items', columns, rows, { onConflict: 'ON CONFLICT DO NOTHING' });
}

/**
 * Items that were planned before their profile was decided anew: what they want now is let out after the run. Removals that were made meanwhile, for
 * an opt-out waits for no plan, are no removals of this one.
 */
async function dropUnfit(tx: Tx, run: RunRow): Promise<void> {
  await tx.query(
    `DELETE FROM plan_items p WHERE p.run_id = $1 AND NOT EXISTS (SELECT 1 FROM memberships m
       WHERE m.workspace_id = $2 AND m.link_id = $3 AND m.slot_key = p.slot_key AND CASE WHEN p.operation = 'remove'
         THEN m.released_address IS NOT NULL OR m.leaving <> '{}' ELSE m.desired_hash = p.payload_hash END)`,
    [run.run_id, run.workspace_id, run.link_id],
  );
}

async function finishPlan(tx: Tx, parts: RegistryParts, run: RunRow, { link, isReady }: LinkRow): Promise<void> {
  if (run.mode !== 'undo') await dropUnfit(tx, run);
  const counts = await countRunPlan(tx, run, link);
  const hash = await hashRunPlan(tx, run.run_id);
  await tx.query('UPDATE runs SET plan = $2, plan_hash = $3, canary = $4, warnings = $5 WHERE run_id = $1', [
    ...[
      run.run_id,
      JSON.stringify(counts),
      hash,
      isReady || run.mode === 'undo' ? 0 : (link.canary ?? 0),
      await planWarnings(tx, link, run.run_id, counts),
    ],
  ]);
  if (run.mode === 'dry') return moveTo(tx, parts, run, 'done');
  const reads = await tx.query<{ connectionId: string; complete: boolean; seen: number }>(
    'SELECT connection_id AS "connectionId", complete, seen FROM reads WHERE run_id = $1 AND NOT resend',
    [run.run_id],
  );
  const planned = {
    ...{ counts, hash, brake: brake(counts, reads, link.brake), isFirst: !isReady, approvedHash: run.approved_hash },
    isUndo: run.mode === 'undo',
  };
  const answer = mayRun(link, planned);
  if (answer.verdict === 'go') return moveTo(tx, parts, run, 'removing');
  const problem = answer.verdict === 'wait' ? waits(answer.reason) : stops(answer.reason);
  return moveTo(tx, parts, run, answer.verdict === 'wait' ? 'awaiting-approval' : 'failed', { problem });
}

const waits = (reason: string): string =>
  `waits for approval, nothing was written: ${reason}. Look at the plan, then approve it or cancel the run.`;
const stops = (reason: string): string =>
  `stopped by the brake, nothing was written: ${reason}. No approval helps here: run it again when both ends can be read.`;
