import type { EventOf, SyncRequested } from '@kontaktor/contracts';
import { activeTraceparent } from '@kontaktor/observability';
import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { announceProgress } from './announce-progress';
import { moveTo } from './move-to';
import { lockWaitingRun } from './run-row';

/** Makes the run that was asked for. One that waits for approval makes room; while another run of the link is on, it is kept as superseded with the reason, so that nobody waits in vain. */
export async function requestRun(tx: Tx, parts: RegistryParts, event: EventOf<SyncRequested>): Promise<void> {
  const { workspaceId, correlationId, data } = event;
  const waiting = await lockWaitingRun(tx, workspaceId, data.linkId);
  // A newer run has the newer plan; a dry one only looks, and takes nobody's plan away.
  if (waiting !== undefined && data.mode === 'full')
    await moveTo(tx, parts, waiting, 'superseded', { problem: 'nobody approved it before the next run of the link' });
  const inserted = await insertRun(tx, event, undefined);
  const still = waiting === undefined ? 'was still on' : 'waits for approval; approve or cancel it first';
  if (!inserted) await insertRun(tx, event, `another run of this link ${still}`);
  await announceProgress(tx, parts.outbox, data.runId);
  tx.afterCommit(parts.nudgeRuns);
  parts.logger.info({ workspaceId, correlationId, linkId: data.linkId, runId: data.runId }, 'run requested');
}

async function insertRun(
  tx: Tx,
  { workspaceId, correlationId, data }: EventOf<SyncRequested>,
  refusal: string | undefined,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO runs (run_id, workspace_id, link_id, link_version, mode, state, correlation_id, requested_by, slot, problem, traceparent, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $6 = 'requested' THEN NULL ELSE now() END)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [
      ...[data.runId, workspaceId, data.linkId, data.linkVersion ?? 0, data.mode, refusal === undefined ? 'requested' : 'superseded'],
      ...[correlationId, data.requestedBy ?? null, data.slot ?? null, refusal ?? null, activeTraceparent() ?? null],
    ],
  );
  return rows.length === 1;
}
