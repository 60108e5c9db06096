import type { RunCounts } from '@kontaktor/contracts';

/** A run's counts for people. */
export function renderCounts(counts: RunCounts): readonly string[] {
  const { read, eligible, created, updated, unchanged, failed, excluded, excludedBy, removed, providerCalls, planned } = counts;
  const reasons = Object.entries(excludedBy)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `    ${count} ${reason}`);
  return [
    `  read ${read} records of the source`,
    `  eligible ${eligible}: created ${created}, updated ${updated}, unchanged ${unchanged}, failed ${failed}`,
    `  excluded ${excluded}${reasons.length > 0 ? ':' : ''}`,
    ...reasons,
    `  removed ${removed}`,
    ...(planned === undefined
      ? []
      : [`  planned, not written: create ${planned.create}, update ${planned.update}, remove ${planned.remove}`]),
    `  calls to providers ${providerCalls}`,
  ];
}
