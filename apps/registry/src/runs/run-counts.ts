import type { RunCounts } from '@kontaktor/contracts';
import type { RunRow } from './run-row';

/** Why a profile of the plan was not written in the end. */
const changedMeanwhile = 'changed-during-run';

/**
 * Counts of a run so far. `read` counts records of the source; of the profiles, eligible = created + updated + unchanged + failed: what is
 * planned and not yet answered counts as unchanged until then.
 */
export function runCounts(run: RunRow): RunCounts {
  const { plan, created, updated, removed, failed, read, calls } = run;
  const stopped = run.stopped + run.unfit;
  const eligible = Math.max(0, (plan?.eligible ?? 0) - stopped);
  return {
    ...{ read, eligible, excluded: (plan?.excluded ?? 0) + stopped },
    excludedBy: { ...plan?.excludedBy, ...(stopped > 0 ? { [changedMeanwhile]: stopped } : {}) },
    ...{ removed, created, updated, failed, unchanged: eligible - created - updated - failed, providerCalls: calls },
  };
}

/** Items of the phase, final of total: as planned, which is at least what was let out so far. */
export function progressOf({ state, plan, phase_total, phase_final }: RunRow): { readonly done: number; readonly total: number } {
  const planned = state === 'removing' ? (plan?.remove ?? 0) : state === 'upserting' ? (plan?.create ?? 0) + (plan?.update ?? 0) : 0;
  return { done: phase_final, total: Math.max(planned, phase_total, phase_final) };
}
