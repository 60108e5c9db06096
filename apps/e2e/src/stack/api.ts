import { setTimeout as wait } from 'node:timers/promises';
import { ApiClient, ApiRefusal } from '@kontaktor/api-client';
import type { PlacedProblem, RunView } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';

/** Control allows 1200 requests a minute from one address. */
const leastGapMs = 60;
const runsAtMostMs = 60_000;

/** The public API as journeys use it. */
export class Api extends ApiClient {
  constructor(url: string, token: string) {
    super({ url, token, fetch: inTurn() });
  }

  run(link: string, mode: 'full' | 'dry' = 'full'): Promise<RunView> {
    return this.runToEnd(link, mode, { withinMs: runsAtMostMs });
  }

  /** A run that is asked for and waits for approval. */
  async waitingRun(link: string): Promise<RunView> {
    return this.waitsForApproval(await this.startRun(link));
  }

  /** The undo of a run, once its plan waits for approval. */
  async waitingUndo(run: RunView): Promise<RunView> {
    const { runId } = await this.undoRun(run.runId);
    return this.waitsForApproval(runId ?? '');
  }

  private waitsForApproval(runId: string): Promise<RunView> {
    return eventually(async () => {
      const run = await this.runOf(runId);
      if (run?.state !== 'awaiting-approval') throw new Error(`the run does not wait for approval: ${JSON.stringify(run)}`);
      return run;
    });
  }

  /** The run at its end, once the plan that it has now is approved. */
  async approved({ runId, planHash }: RunView): Promise<RunView> {
    await this.approveRun(runId, planHash ?? '');
    return this.ended(runId, { withinMs: runsAtMostMs });
  }

  /** Places and sentences of what is wrong with a document. */
  async refusalOf(document: unknown): Promise<readonly PlacedProblem[]> {
    const refusal: unknown = await this.apply(document).catch((error: unknown) => error);
    if (refusal instanceof ApiRefusal && refusal.code === 'not-valid') return refusal.problems;
    throw new Error(`the document was not refused: ${JSON.stringify(refusal)}`);
  }
}

/** Requests one after the other, so that many journeys together stay within what control allows. */
function inTurn(): typeof fetch {
  let nextAt = 0;
  return async (...call) => {
    const now = Date.now();
    nextAt = Math.max(now, nextAt + leastGapMs);
    if (nextAt > now) await wait(nextAt - now);
    return fetch(...call);
  };
}
