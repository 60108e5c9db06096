import { isFinal } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { moveTo } from '../runs/move-to';
import { lockRun } from '../runs/run-row';
import { obeyed, refused, type Answer } from './answer';

/** Ends a live run, whatever it is at; what it wrote stays and is told by its counts. */
export async function cancelRun(tx: Tx, parts: RegistryParts, workspaceId: string, runId: string, by: string): Promise<Answer> {
  const run = await lockRun(tx, workspaceId, runId);
  if (run === undefined) return refused('not-found', 'there is no such run');
  if (isFinal(run.state)) return refused('conflict', `the run is ${run.state} already`);
  await moveTo(tx, parts, run, 'cancelled', { problem: `cancelled by ${by}; what was written stays` });
  return obeyed(run.run_id);
}
