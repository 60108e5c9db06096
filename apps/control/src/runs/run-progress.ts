import type { RunCounts, RunProgressed } from '@kontaktor/contracts';
import type { Queryable, Repositories } from '@kontaktor/persistence';
import { RunProgressEntity } from '../tables/run-progress.entity';

const noCounts: RunCounts = {
  ...{ read: 0, eligible: 0, excluded: 0, excludedBy: {}, removed: 0, created: 0, updated: 0, unchanged: 0, failed: 0, providerCalls: 0 },
};

/** What is told of a run before the registry has taken it up. */
export const requestedProgress = (linkId: string, runId: string, at: string): RunProgressed => ({
  ...{ linkId, runId, at, startedAt: at, state: 'requested', counts: noCounts, progress: { done: 0, total: 0 } },
});

/** An older progress never replaces a newer one. */
export async function keepProgress(db: Queryable, workspaceId: string, progress: RunProgressed): Promise<void> {
  await db.query(
    `INSERT INTO run_progress AS known (workspace_id, run_id, link_id, at, progress) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, run_id) DO UPDATE SET at = excluded.at, progress = excluded.progress
     WHERE known.at <= excluded.at AND excluded.progress ->> 'state' <> 'requested'`,
    [workspaceId, progress.runId, progress.linkId, progress.at, JSON.stringify(progress)],
  );
}

export async function progressOf(db: Repositories, workspaceId: string, runId: string): Promise<RunProgressed | undefined> {
  return (await db.repository(RunProgressEntity).findOneBy({ workspaceId, runId }))?.progress;
}
