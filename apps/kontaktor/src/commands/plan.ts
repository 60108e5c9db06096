import { Failure } from '../failure';
import { renderPlan } from '../output/render-plan';
import type { Language } from '../output/words';
import { answerLine } from './answer-line';
import type { Ended, Session } from './session';

export interface PlanOptions {
  readonly only?: string;
  readonly parked?: boolean;
  readonly after?: string;
  readonly limit: string;
  readonly lang: Language;
}

/** A page of a run's plan, and how to approve it where that is possible. */
export async function showPlan({ api, output }: Session, runId: string, { only, parked, after, limit, lang }: PlanOptions): Ended {
  const plan = await api.plan(runId, { operation: only, parked: parked === true ? 'true' : undefined, after, limit });
  output.data(plan);
  for (const line of renderPlan(plan, lang)) output.line(line);
  return true;
}

const leastOfHash = 8;

/** Approves the plan of this hash. A beginning of it stands for the whole, when the run's plan begins so. */
export async function approve({ api, output }: Session, runId: string, hash: string): Ended {
  const { planHash } = await api.plan(runId, { limit: 1 });
  if (planHash === null) throw new Failure(`The run ${runId} has no plan yet. Look at it with: kontaktor runs`);
  if (hash.length < leastOfHash || !planHash.startsWith(hash))
    throw new Failure(`The plan of this run has another hash, so nothing was approved. Look at it again with: kontaktor plan ${runId}`);
  const answer = await api.approveRun(runId, planHash);
  output.data(answer);
  output.line(answerLine(answer, `Approved: the run ${answer.runId ?? runId} carries it out. Look at it with: kontaktor runs`));
  return true;
}

/** Makes the plan that undoes a run, and says where to look at it. */
export async function undo({ api, output }: Session, runId: string): Ended {
  const answer = await api.undoRun(runId);
  output.data(answer);
  const look = answer.runId === null ? 'Look for it with: kontaktor runs' : `Look at its plan with: kontaktor plan ${answer.runId}`;
  output.line(answerLine(answer, `The undo reads what stands there now, and plans; nothing is written before it is approved. ${look}`));
  return true;
}

export async function cancel({ api, output }: Session, runId: string): Ended {
  const answer = await api.cancelRun(runId);
  output.data(answer);
  output.line(answerLine(answer, 'Cancelled; what it wrote stays.'));
  return true;
}
