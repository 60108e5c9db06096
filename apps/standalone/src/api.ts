import { runView, whyView, type RunView, type WhyView } from '@kontaktor/contracts';
import { z } from 'zod';

const failure = z.object({
  error: z.object({ message: z.string(), problems: z.array(z.object({ place: z.string(), problem: z.string() })).optional() }),
});

/** The API said no, in words for a person. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiRefusal';
  }
}

/** What the first look asks of the hub's own API: it goes the way that every user goes. */
export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async apply(document: unknown): Promise<void> {
    await this.call('POST', '/apply', document);
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
    const problems = told.data?.error.problems?.map(({ place, problem }) => `\n  - ${place}: ${problem}`).join('') ?? '';
    throw new ApiRefusal(response.status, `${told.data?.error.message ?? `${method} ${path} answered ${response.status}`}${problems}`);
  }
}
