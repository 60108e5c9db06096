import type { RunView } from '@kontaktor/contracts';
import { secondsOf } from './run-link';

/** What a run did, in lines for a person. */
export function tellRun(run: RunView): string[] {
  const { counts } = run;
  const { planned } = counts;
  const reasons = Object.entries(counts.excludedBy)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `      ${String(count).padStart(6)}  ${code}`);
  return [
    `Run of ${run.linkId}: ${run.state} in ${secondsOf(run)} s${run.problem === null ? '' : ` (${run.problem})`}`,
    `  read      ${line(counts.read)} records of the source; a record with several addresses is several profiles, one with none is one`,
    `  eligible  ${line(counts.eligible)} profiles: ${counts.created} created, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.failed} failed`,
    `  excluded  ${line(counts.excluded)} profiles, by reason:`,
    ...reasons,
    `  removed   ${line(counts.removed)}`,
    ...(planned === undefined
      ? []
      : [`  planned   ${planned.create} to create, ${planned.update} to update, ${planned.remove} to remove: not written yet`]),
    `  calls     ${line(counts.providerCalls)} to both providers`,
    ...(run.state === 'awaiting-approval' ? [`Look at its plan, and approve it, with: npm run kontaktor -- plan ${run.runId}`] : []),
  ];
}

const line = (count: number): string => String(count).padStart(6);
