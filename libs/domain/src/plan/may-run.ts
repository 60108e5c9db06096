import type { LinkVersion } from '../link/link-version';
import type { BrakeVerdict, PlanCounts } from './plan';

export interface PlannedRun {
  readonly counts: Pick<PlanCounts, 'create' | 'update' | 'remove'>;
  readonly hash: string;
  readonly brake: BrakeVerdict;
  /** No run of this version of the link has finished yet. */
  readonly isFirst: boolean;
  /** Hash of the dry run's plan from which this run was started. */
  readonly approvedHash: string | null;
  /** It undoes another run. */
  readonly isUndo?: boolean;
}

/** `wait`: for the approval of a person. `stop`: no approval helps. */
export type RunVerdict =
  | { readonly verdict: 'go' }
  | { readonly verdict: 'wait'; readonly reason: string }
  | { readonly verdict: 'stop'; readonly reason: string };

/**
 * Whether a plan may be carried out now. Approval lifts the brake's numbers and lets a first run go, never an incomplete or empty read; what was
 * approved beforehand is one hash, and another plan waits again.
 */
export function mayRun(link: Pick<LinkVersion, 'firstRun' | 'retiring'>, run: PlannedRun): RunVerdict {
  const { counts, hash, brake, isFirst, approvedHash, isUndo } = run;
  if (!brake.pass && brake.needs === 'complete-read') return { verdict: 'stop', reason: brake.reason };
  const changes = counts.create + counts.update + counts.remove;
  if (changes === 0 || approvedHash === hash) return { verdict: 'go' };
  if (!brake.pass) return { verdict: 'wait', reason: brake.reason };
  if (isUndo === true) return { verdict: 'wait', reason: 'it undoes another run' };
  if (approvedHash !== null)
    return { verdict: 'wait', reason: 'something changed since the dry run was approved, so this is another plan than the approved one' };
  if (link.retiring === true) return { verdict: 'wait', reason: 'it takes out what the link put there, before the link is deleted' };
  if (isFirst && link.firstRun === 'approve') return { verdict: 'wait', reason: 'it is the first run of this version of the link' };
  return { verdict: 'go' };
}
