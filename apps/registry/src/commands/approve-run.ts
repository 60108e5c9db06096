import type { CommandIssued } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { announceProgress } from '../runs/announce-progress';
import { waitsAfterCanary } from '../runs/canary';
import { editedSince } from '../runs/edited-since';
import { moveTo } from '../runs/move-to';
import { lockRun, lockWaitingRun, type RunRow } from '../runs/run-row';
import { obeyed, refused, type Answer } from './answer';

type Approval = Extract<CommandIssued, { command: 'approve' }>;

/** Lets exactly one plan be carried out: that of a run that waits, or a dry run's by a run of its own. */
export async function approveRun(tx: Tx, parts: RegistryParts, workspaceId: string, approval: Approval): Promise<Answer> {
  const run = await lockRun(tx, workspaceId, approval.object);
  if (run === undefined) return refused('not-found', 'there is no such run');
  const isDry = run.mode === 'dry';
  if (run.state !== (isDry ? 'done' : 'awaiting-approval'))
    return refused('conflict', `the ${isDry ? 'dry run' : 'run'} is ${run.state}; it does not wait for approval`);
  if (run.plan_hash !== approval.planHash)
    return refused(
      'conflict',
      `the plan of this run has the hash ${run.plan_hash ?? '(none)'}, not the one that was approved; look at it again`,
    );
  const edited = await editedSince(tx, run, (await linkById(tx, workspaceId, run.link_id))?.link);
  if (edited !== undefined) return refused('conflict', `${edited}, so this plan is void; run the link again`);
  return isDry ? startFrom(tx, parts, run, approval) : goOn(tx, parts, run, approval);
}

async function goOn(tx: Tx, parts: RegistryParts, run: RunRow, { issuedBy }: Approval): Promise<Answer> {
  await tx.query('UPDATE runs SET approved_by = $2, approved_at = now() WHERE run_id = $1', [run.run_id, issuedBy]);
  if (waitsAfterCanary(run)) await moveTo(tx, parts, run, 'upserting', { keepsPlace: true });
  else await moveTo(tx, parts, run, 'removing');
  return obeyed(run.run_id);
}

/** A run that reads and plans again, and may carry out this one plan only. */
async function startFrom(tx: Tx, parts: RegistryParts, dry: RunRow, { issuedBy, planHash }: Approval): Promise<Answer> {
  const waiting = await lockWaitingRun(tx, dry.workspace_id, dry.link_id);
  if (waiting !== undefined)
    await moveTo(tx, parts, waiting, 'superseded', { problem: `${issuedBy} approved a dry run of the link instead` });
  const runId = uuidv7();
  const rows = await tx.query(
    `INSERT INTO runs (run_id, workspace_id, link_id, link_version, mode, state, correlation_id, requested_by, approved_hash, approved_by, approved_at)
     VALUES ($1, $2, $3, $4, 'full', 'requested', $7, $5, $6, $5, now()) ON CONFLICT DO NOTHING RETURNING 1`,
    [runId, dry.workspace_id, dry.link_id, dry.link_version, issuedBy, planHash, uuidv7()],
  );
  if (rows.length === 0) return refused('conflict', 'another run of this link is on; approve again when it has ended');
  await announceProgress(tx, parts.outbox, runId);
  tx.afterCommit(parts.nudgeRuns);
  return obeyed(runId);
}
