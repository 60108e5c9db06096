import { setTimeout as wait } from 'node:timers/promises';
import type { RunView } from '@kontaktor/contracts';
import type { Api } from './api';
import { Progress } from './progress';

const lookEveryMs = 150;
const over = new Set(['done', 'failed', 'cancelled', 'superseded']);

/** Starts a run, shows its progress, answers how it ended. */
export async function runLink(api: Api, linkId: string, out: NodeJS.WriteStream): Promise<RunView> {
  const runId = await api.startRun(linkId);
  const progress = new Progress(out, linkId);
  for (;;) {
    const run = await api.run(runId);
    if (run !== undefined) progress.show(run);
    if (run !== undefined && over.has(run.state)) {
      progress.end();
      return run;
    }
    await wait(lookEveryMs);
  }
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
