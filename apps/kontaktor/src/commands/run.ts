import type { RunProgressView } from '@kontaktor/contracts';
import { Failure } from '../failure';
import { ProgressBar } from '../output/progress-bar';
import { renderCounts } from '../output/render-counts';
import type { Ended, Session } from './session';

/** Starts a run; with `wait`, shows its progress and its counts at the end. */
export async function startRun(session: Session, linkId: string, { dry, wait }: { readonly dry: boolean; readonly wait: boolean }): Ended {
  const { api, output } = session;
  const runId = await api.startRun(linkId, dry ? 'dry' : 'full');
  if (!wait) {
    output.data({ runId });
    output.line(`The ${dry ? 'dry ' : ''}run ${runId} is asked for. Look at it with: kontaktor runs ${linkId}`);
    return true;
  }
  output.line(`${dry ? 'Dry run' : 'Run'} ${runId}`);
  if (!dry && (await api.writesStopped()).stopped)
    output.line('All writes are stopped: it reads and plans, and then waits until somebody says: kontaktor continue');
  const last = await watch(session, runId);
  output.data({ runId, ...last });
  output.line(`${last.state}${last.problem === undefined ? '' : `: ${last.problem}`}`);
  for (const line of renderCounts(last.counts)) output.line(line);
  if (dry || last.state === 'awaiting-approval') output.line(`Look at its plan, and approve it, with: kontaktor plan ${runId}`);
  return last.state === 'done';
}

/** The last progress: the run ended, or it waits for a person. */
async function watch({ api, output }: Session, runId: string): Promise<RunProgressView> {
  const bar = new ProgressBar(output);
  let last: RunProgressView | undefined;
  for await (const progress of api.watch(runId)) {
    last = progress;
    bar.show(last);
    if (isOver(last.state)) break;
  }
  bar.end();
  if (last === undefined || !isOver(last.state))
    throw new Failure(`The progress of run ${runId} broke off; it goes on. Look at it with: kontaktor runs`);
  return last;
}

const isOver = (state: string): boolean => ['done', 'failed', 'cancelled', 'superseded', 'awaiting-approval'].includes(state);
