import type { BrakeLimits } from '../link/link-version';
import { counted } from '../reason/counted';
import type { BrakeVerdict, PlanCounts, ReadResult } from './plan';

/**
 * Whether a plan's removals may run. After an incomplete read, or one that shows nothing of a connection where the link owns members, nothing
 * is removed; more than a number, or than a share of the members the link owns, needs approval.
 */
export function brake(counts: Pick<PlanCounts, 'remove' | 'owned'>, reads: readonly ReadResult[], limits: BrakeLimits): BrakeVerdict {
  if (counts.remove === 0) return { pass: true };
  const incomplete = reads.find(({ complete }) => !complete);
  if (incomplete !== undefined) {
    return {
      pass: false,
      needs: 'complete-read',
      reason: `the read of ${incomplete.connectionId} is not complete: ${incomplete.problem ?? 'no reason given'}`,
    };
  }
  const empty = reads.find(({ seen }) => seen === 0);
  if (empty !== undefined) {
    return {
      pass: false,
      needs: 'complete-read',
      reason: `the read of ${empty.connectionId} showed nobody, though the link owns ${counted(counts.owned, 'member')}`,
    };
  }
  if (counts.remove > limits.removals) {
    const removals = `${counted(counts.remove, 'removal')} ${counts.remove === 1 ? 'is' : 'are'}`;
    return { pass: false, needs: 'approval', reason: `${removals} more than the link's limit of ${limits.removals}` };
  }
  const share = counts.remove / Math.max(counts.owned, 1);
  if (share > limits.share) {
    return {
      pass: false,
      needs: 'approval',
      reason: `${counts.remove} of ${counted(counts.owned, 'member')} would leave, more than the limit of ${percent(limits.share)}`,
    };
  }
  return { pass: true };
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
