import { runView, whyView, type RunView, type WhyView } from '@kontaktor/contracts';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const failure = z.object({
  error: z.object({ message: z.string(), problems: z.array(z.object({ place: z.string(), problem: z.string() })).optional() }),
});

/** The API said no, in words for a person. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly summary: string,
    readonly problems: readonly { readonly place: string; readonly problem: string }[],
  ) {
    super(`${summary}${problems.map(({ place, problem }) => `\n  - ${place}: ${problem}`).join('')}`);
    this.name = 'ApiRefusal';
  }
}

/** What the first look asks of the hub's own API: it goes the way that every user goes. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Applies a document; while a service does not answer yet, tries again for up to 10 seconds: control may know an adapter by the address of
   * its last start until the new one is announced. */
  async applyPatiently(document: unknown): Promise<void> {
    for (let left = 100; ; left -= 1) {
      try {
        await this.call('POST', '/apply', document);
        return;
      } catch (error) {
        if (!(error instanceof ApiRefusal) || error.status !== 503 || left === 0) throw error;
        await wait(100);
      }
    }
  }

  /** Names of the providers whose services have announced themselves. */
  async providers(): Promise<string[]> {
    const shape = z.object({ providers: z.array(z.object({ provider: z.string() })) });
    return shape.parse(await this.call('GET', '/providers')).providers.map(({ provider }) => provider);
  }

  async linkIds(): Promise<string[]> {
    const shape = z.object({ links: z.array(z.object({ id: z.string() })) });
    return shape.parse(await this.call('GET', '/links')).links.map(({ id }) => id);
  }

  async startRun(linkId: string): Promise<string> {
    return z.object({ runId: z.string() }).parse(await this.call('POST', `/links/${linkId}/runs`, { mode: 'full' })).runId;
  }

  /** `undefined` while the registry has not seen the request yet. */
  async run(runId: string): Promise<RunView | undefined> {
    const answer = await this.call('GET', `/runs/${runId}`, undefined, [404]);
    return answer === undefined ? undefined : runView.parse(answer);
  }

  async why(address: string): Promise<WhyView> {
    return whyView.parse(await this.call('GET', `/why?address=${encodeURIComponent(address)}`));
  }

  async people(linkId: string, list: 'in-sync' | 'excluded', limit: number) {
    const shape = z.object({ people: z.array(z.object({ address: z.string().nullable(), reason: z.object({ code: z.string() }) })) });
    return shape.parse(await this.call('GET', `/links/${linkId}/people?list=${list}&limit=${limit}`)).people;
  }

  private async call(method: string, path: string, body?: unknown, absent: readonly number[] = []): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    if (absent.includes(response.status)) return undefined;
    const told = failure.safeParse(answer);
    const { message, problems } = told.data?.error ?? { message: `${method} ${path} answered ${response.status}` };
    throw new ApiRefusal(response.status, message, problems ?? []);
  }
}
