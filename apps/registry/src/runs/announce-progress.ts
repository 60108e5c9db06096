import { createEvent, runProgressed } from '@kontaktor/contracts';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { progressOf, runCounts } from './run-counts';
import { selectRuns, type RunRow } from './run-row';

/** Publishes where a run stands, as this transaction sees it. */
export async function announceProgress(tx: Tx, outbox: Outbox, runId: string): Promise<void> {
  const [run] = await tx.query<RunRow & { now: Date; reading: number }>(
    `SELECT run.*, now() AS now, (SELECT coalesce(sum(applied + superseded + stale + suppressed), 0)::int FROM read_counts JOIN reads USING (read_id)
       WHERE reads.run_id = $1) AS reading FROM (${selectRuns} WHERE r.run_id = $1) AS run`,
    [runId],
  );
  if (run === undefined) return;
  const progress = run.state === 'reading' ? { done: run.reading, total: run.reading } : progressOf(run);
  const event = createEvent(
    runProgressed,
    { workspaceId: run.workspace_id, correlationId: run.correlation_id },
    {
      ...{
        linkId: run.link_id,
        runId: run.run_id,
        mode: run.mode,
        linkVersion: run.link_version,
        state: run.state,
        at: run.now.toISOString(),
      },
      startedAt: run.requested_at.toISOString(),
      ...{ counts: runCounts(run), progress },
      ...(run.problem === null ? {} : { problem: run.problem }),
    },
  );
  await outbox.append(tx, runProgressed, [event]);
}
