import { canaryVerdict } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { moveTo } from './move-to';
import type { RunRow } from './run-row';

const atOnce = 1000;
const isCanary = ({ state, canary }: RunRow): boolean => state === 'upserting' && canary > 0;

/** How many planned items are let out next: no more writes than the canary has, until it is judged. */
export const itemsAtOnce = (run: RunRow): number => (isCanary(run) ? Math.min(atOnce, Math.max(0, run.canary - run.phase_total)) : atOnce);

/** The canary's writes are asked for; called when all of them have an outcome. */
export const isCanaryWritten = (run: RunRow): boolean => isCanary(run) && run.phase_total >= run.canary;

/** The rest follows, or a person is asked; whoever approves lets the rest follow. */
export async function judgeCanary(tx: Tx, parts: RegistryParts, run: RunRow): Promise<void> {
  await tx.query('UPDATE runs SET canary = 0 WHERE run_id = $1', [run.run_id]);
  const { pass, reason } = canaryVerdict({ written: run.phase_total, failed: run.failed });
  if (pass) return;
  const problem = `waits for approval after its canary: ${reason}. See the link's failures, then approve the plan again or cancel the run; what was written stays.`;
  await moveTo(tx, parts, run, 'awaiting-approval', { problem, keepsPlace: true });
}

/** Whether a run that waits for approval has written its canary, and goes on after it. */
export const waitsAfterCanary = ({ phase_cursor }: RunRow): boolean => phase_cursor !== '';
