import type { RunState } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { holdErasures } from '@kontaktor/privacy';
import type { RegistryParts } from '../registry-parts';
import { beginReading } from './begin-reading';
import { planNext } from './plan-run';
import { releaseNext } from './release-phase';
import { liveRunIds, lockLiveRun, type RunRow } from './run-row';
import { stoppedWorkspaces } from './stopped';
import { watchApproval } from './watch-approval';
import { watchReads } from './watch-reads';

/** One step of a run in one state. Answers whether it moved on, so that the next step follows at once. */
type Step = (tx: Tx, parts: RegistryParts, run: RunRow) => Promise<boolean>;

const steps: Partial<Record<RunState, Step>> = {
  requested: beginReading,
  reading: watchReads,
  planning: planNext,
  'awaiting-approval': watchApproval,
  removing: releaseNext,
  upserting: releaseNext,
};

/**
 * Moves every live run one step on, each in a transaction with its row locked. Answers whether any moved. A run whose step fails does not keep
 * the others waiting.
 * @throws what the last failing step threw, when all had their turn
 */
export async function driveRuns(parts: RegistryParts): Promise<boolean> {
  let moved = false;
  const failures: unknown[] = [];
  for (const runId of await liveRunIds(parts.database)) {
    try {
      moved = (await driveRun(parts, runId)) || moved;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures.at(-1);
  return moved;
}

function driveRun(parts: RegistryParts, runId: string): Promise<boolean> {
  return parts.database.transaction(async (tx) => {
    // Nobody is erased between reading a plan and asking for its writes.
    await holdErasures(tx);
    const run = await lockLiveRun(tx, runId);
    const step = run === undefined ? undefined : steps[run.state];
    if (run === undefined || step === undefined) return false;
    const isWriting = run.state === 'removing' || run.state === 'upserting';
    if (isWriting && (await stoppedWorkspaces(tx, [run.workspace_id])).size > 0) return false;
    return parts.tracing.within(run.traceparent, () => step(tx, parts, run));
  });
}
