import type { RunView } from '@kontaktor/contracts';
import { table } from '../output/output';
import type { Ended, Session } from './session';

/** Runs, newest first. */
export async function listRuns({ api, output }: Session, link: string | undefined, limit: string): Ended {
  const answer = await api.runs({ link, limit });
  output.data(answer);
  if (answer.runs.length === 0) output.line('There are no runs yet.');
  for (const line of table(answer.runs.map(runRow))) output.line(line);
  return true;
}

/** A run in one row: when, what, how it stands. */
export function runRow({ requestedAt, linkId, mode, state, counts, problem, runId }: RunView): readonly string[] {
  const { created, updated, unchanged, removed, failed, excluded } = counts;
  const numbers = `created ${created}, updated ${updated}, unchanged ${unchanged}, removed ${removed}, failed ${failed}, excluded ${excluded}`;
  return [requestedAt, linkId, mode, state, runId, problem === null ? numbers : `${numbers}: ${problem}`];
}
