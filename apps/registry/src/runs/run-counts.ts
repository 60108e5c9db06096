import type { RunCounts, RunPace } from '@kontaktor/contracts';
import { isFinal } from '@kontaktor/domain';
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

/** Items of the phase, final of total: as planned, which is at least what was let out so far. With the pace, once it can be told. */
export function progressOf({ state, plan, phase_total, phase_final, state_since, progressed_at }: RunRow): RunPace {
  const planned = state === 'removing' ? (plan?.remove ?? 0) : state === 'upserting' ? (plan?.create ?? 0) + (plan?.update ?? 0) : 0;
  const total = Math.max(planned, phase_total, phase_final);
  const seconds = (progressed_at.getTime() - state_since.getTime()) / 1000;
  if (isFinal(state) || phase_final <= 0 || seconds < 1) return { done: phase_final, total };
  const perSecond = Math.round((phase_final / seconds) * 10) / 10;
  const left = { secondsLeft: Math.ceil((total - phase_final) / (phase_final / seconds)) };
  return { done: phase_final, total, perSecond, ...(planned > 0 ? left : {}) };
}
