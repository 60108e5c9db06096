import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import {
  failuresView,
  journalView,
  peopleView,
  runView,
  whyView,
  type JournalView,
  type RunView,
  type WhyView,
} from '@kontaktor/contracts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const problems = z.object({
  error: z.object({ message: z.string(), problems: z.array(z.object({ place: z.string(), problem: z.string() })).default([]) }),
});

/** Control allows 1200 requests a minute from one address. */
const leastGapMs = 60;
const over = ['done', 'failed', 'cancelled', 'superseded'];

/** The public API as a user's program uses it. */
export class Api {
  private nextAt = 0;

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    await this.turn();
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** @throws Error with what the API said when it refuses */
  async take(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Saves a document; when somebody else saved at the same moment, again. */
  async apply(document: unknown): Promise<void> {
    for (;;) {
      const { status, body } = await this.ask('POST', '/apply', document);
      if (status === 200) return;
      if (status !== 409) throw new Error(`the document was not saved: ${status} ${JSON.stringify(body)}`);
    }
  }

  /** Places and sentences of what is wrong with a document. */
  async refusalOf(document: unknown): Promise<readonly { readonly place: string; readonly problem: string }[]> {
    const { status, body } = await this.ask('POST', '/apply', document);
    if (status !== 422) throw new Error(`the document was not refused: ${status} ${JSON.stringify(body)}`);
    return problems.parse(body).error.problems;
  }

  async startRun(link: string, mode: 'full' | 'dry' = 'full'): Promise<string> {
    return z.object({ runId: z.string() }).parse(await this.take('POST', `/links/${link}/runs`, { mode })).runId;
  }

  /** The run when it is over. */
  async runOver(runId: string, withinMs = 60_000): Promise<RunView> {
    for (const deadline = Date.now() + withinMs; ;) {
      const { status, body } = await this.ask('GET', `/runs/${runId}`);
      const run = status === 200 ? runView.parse(body) : undefined;
      if (run !== undefined && over.includes(run.state)) return run;
      if (Date.now() > deadline) throw new Error(`the run is not over: ${JSON.stringify(body)}`);
      await wait(60);
    }
  }

  async run(link: string, mode: 'full' | 'dry' = 'full'): Promise<RunView> {
    return this.runOver(await this.startRun(link, mode));
  }

  async why(address: string): Promise<WhyView> {
    return whyView.parse(await this.take('GET', `/why?address=${encodeURIComponent(address)}`));
  }

  async journal(query: Readonly<Record<string, string>>): Promise<JournalView> {
    return journalView.parse(await this.take('GET', `/journal?${new URLSearchParams(query).toString()}`));
  }

  async failures(link: string) {
    return failuresView.parse(await this.take('GET', `/failures?link=${link}`));
  }

  async people(link: string, list: 'in-sync' | 'excluded' | 'failing') {
    return peopleView.parse(await this.take('GET', `/links/${link}/people?list=${list}&limit=200`)).people;
  }

  /** Requests in turn, so that many journeys together stay within what control allows. */
  private async turn(): Promise<void> {
    const now = Date.now();
    this.nextAt = Math.max(now, this.nextAt + leastGapMs);
    if (this.nextAt > now) await wait(this.nextAt - now);
  }
}
