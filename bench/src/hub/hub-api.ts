import { setTimeout as wait } from 'node:timers/promises';
import { runView, type RunView } from '@kontaktor/contracts';
import { z } from 'zod';

const over: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled', 'superseded']);
const longestMs = 15 * 60_000;
const refusal = z.looseObject({ error: z.unknown() });

/** The hub as its users reach it. */
export class HubApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Applies a document once the services are there: they announce themselves moments after they have started. */
  async apply(document: object): Promise<void> {
    for (let left = 600; ; left -= 1) {
      const problem = await this.call('POST', '/apply', document).then(() => undefined, String);
      if (problem === undefined) return;
      if (left === 0 || /answered 4(?!0|2)/.test(problem)) throw new Error(problem);
      await wait(50);
    }
  }

  async startRun(linkId: string): Promise<string> {
    return z.object({ runId: z.string() }).parse(await this.call('POST', `/links/${linkId}/runs`, { mode: 'full' })).runId;
  }

  /** The run when it is over. */
  async ended(runId: string): Promise<RunView> {
    const deadline = Date.now() + longestMs;
    for (;;) {
      const answer = await this.call('GET', `/runs/${runId}`).catch(() => undefined);
      const run = answer === undefined ? undefined : runView.parse(answer);
      if (run !== undefined && over.has(run.state)) return run;
      if (Date.now() > deadline) throw new Error(`The run is still ${run?.state ?? 'unknown'} after ${longestMs / 60_000} minutes.`);
      await wait(100);
    }
  }

  /** Where a connection's provider sends its webhooks, by endpoint. */
  async webhookUrls(connectionId: string): Promise<Record<string, string>> {
    const shape = z.object({ webhookUrls: z.record(z.string(), z.string()) });
    return shape.parse(await this.call('GET', `/connections/${connectionId}`)).webhookUrls;
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(refusal.safeParse(answer).data?.error ?? answer)}`);
  }
}
