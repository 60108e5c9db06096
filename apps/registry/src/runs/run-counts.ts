import type { RunCounts, RunPace } from '@kontaktor/contracts';
import { isFinal } from '@kontaktor/domain';
import type { RunRow } from './run-row';

/** Why a profile of the plan was not written in the end. */
const changedMeanwhile = 'changed-during-run';

/**
 * Counts of a run so far. `read` counts records of the source; of the profiles, eligible = created + updated + unchanged + failed: while a run
 * writes, what is planned and not yet answered counts as unchanged. What a run that has not begun to write would do is told apart, as `planned`.
 */
export function runCounts(run: RunRow): RunCounts {
  const { plan, created, updated, removed, failed, read, calls } = run;
  const stopped = run.stopped + run.unfit;
  const eligible = Math.max(0, (plan?.eligible ?? 0) - stopped);
  const planned = plannedBy(run);
  const open = (planned?.create ?? 0) + (planned?.update ?? 0);
  return {
    ...{ read, eligible, excluded: (plan?.excluded ?? 0) + stopped },
    excludedBy: { ...plan?.excludedBy, ...(stopped > 0 ? { [changedMeanwhile]: stopped } : {}) },
    ...{ removed, created, updated, failed, unchanged: eligible - created - updated - failed - open, providerCalls: calls },
    ...(planned === undefined ? {} : { planned }),
  };
}

/** What the plan of a run wants of which nothing was written yet; undefined when there is nothing, or the run writes or wrote. */
function plannedBy({ plan, mode, state, created, updated, removed, failed, stopped, unfit }: RunRow): RunCounts['planned'] {
  const wrote = created + updated + removed + failed + stopped + unfit > 0 || state === 'removing' || state === 'upserting';
  if (plan === null || wrote || (state === 'done' && mode === 'full')) return undefined;
  const { create, update, remove } = plan;
  return create + update + remove === 0 ? undefined : { create, update, remove };
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
