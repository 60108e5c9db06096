import type { ApiClient } from '@kontaktor/api-client';
import { finalRunStates, type RunView } from '@kontaktor/contracts';
import { Progress } from './progress';

/** Runs a link, or follows the run that a start before has left, shows its progress, answers how it ended, or that it waits for a person. */
export async function runLink(api: ApiClient, linkId: string, out: NodeJS.WriteStream, mode: 'full' | 'dry'): Promise<RunView> {
  const progress = new Progress(out, linkId);
  const runId = (await unfinished(api, linkId)) ?? (await api.startRun(linkId, mode));
  const run = await api.ended(runId, { onLook: (seen) => progress.show(seen), orWaits: true });
  progress.end();
  return run;
}

async function unfinished(api: ApiClient, linkId: string): Promise<string | undefined> {
  const { runs } = await api.runs({ link: linkId, limit: 1 });
  return runs.find(({ state, mode }) => mode === 'full' && !finalRunStates.has(state))?.runId;
}

/** How long it took, in seconds. */
export function secondsOf({ requestedAt, finishedAt }: RunView): number {
  return Math.round((Date.parse(finishedAt ?? requestedAt) - Date.parse(requestedAt)) / 10) / 100;
}

/** The one line that `--once` ends with. */
export function summaryOf(run: RunView): Record<string, number> {
  const { read, eligible, excluded, removed, created, updated, unchanged, failed, providerCalls } = run.counts;
  return { read, eligible, excluded, removed, created, updated, unchanged, failed, providerCalls, seconds: secondsOf(run) };
}
