import { createServer, type Server } from 'node:http';
import { ApiClient } from './api-client';
import { ApiAway, ApiFailure, ApiRefusal } from './api-failure';

type Answer = readonly [status: number, body: unknown];

let server: Server;
let url: string;
let asked: string[];
/** What is answered to each path, in turn; the last again and again. */
let answers: Record<string, readonly Answer[]>;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    const left = answers[path] ?? [];
    const [status, body] = left[0] ?? [404, 'nothing'];
    if (left.length > 1) answers[path] = left.slice(1);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));
beforeEach(() => ([asked, answers] = [[], {}]));

const client = () => new ApiClient({ url, token: 'kt_token' });
const refusal = (status: number, code: string): Answer => [status, { error: { code, message: `it is ${code}`, problems: [] } }];
const report: Answer = [200, { saved: true, revision: 1, connections: [], links: [], leftAlone: [], warnings: [] }];
const provider = (name: string) => ({
  ...{ provider: name, title: name, roles: ['source'], settingsSchema: {}, secrets: [], capabilities: {}, fields: {} },
  webhookEndpoints: [],
});
const providers = (...names: string[]): Answer => [200, { providers: names.map(provider) }];

describe('the client of the API', () => {
  it('[F15] an apply waits for the providers, and is tried again while one does not answer or somebody else saves', async () => {
    answers = {
      '/api/v1/providers': [providers(), providers('ecomail'), providers('ecomail', 'oneclick')],
      '/api/v1/apply': [refusal(503, 'unavailable'), refusal(409, 'conflict'), report],
    };
    await expect(client().applyWhenReady({}, ['oneclick', 'ecomail'])).resolves.toMatchObject({ saved: true });
    expect(asked.map((one) => one.slice(one.lastIndexOf('/')))).toEqual([
      '/providers',
      '/providers',
      '/providers',
      '/apply',
      '/apply',
      '/apply',
    ]);
  });

  it('[F15] what is wrong with a document is told at once, and not tried again', async () => {
    answers = { '/api/v1/providers': [providers()], '/api/v1/apply': [refusal(422, 'not-valid')] };
    await expect(client().applyWhenReady({}, [])).rejects.toMatchObject({ code: 'not-valid', status: 422, message: 'it is not-valid' });
    expect(asked).toHaveLength(2);
  });

  it('[F15] a provider that stays away is named when the time is over', async () => {
    answers = { '/api/v1/providers': [providers('ecomail')], '/api/v1/apply': [refusal(503, 'unavailable')] };
    await expect(client().applyWhenReady({}, ['ecomail', 'raynet'], 0)).rejects.toThrow('have not announced themselves: raynet.');
    await expect(client().applyWhenReady({}, ['ecomail'], 0)).rejects.toBeInstanceOf(ApiRefusal);
  });

  it('[F10] a run that the registry has not seen yet is waited for; another refusal is told', async () => {
    const run = {
      ...{ runId: 'r', linkId: 'l', linkVersion: 1, mode: 'full', requestedBy: null, slot: null, finishedAt: null, planHash: null },
      ...{ requestedAt: '2026-03-02T08:15:00.000Z', progress: { done: 0, total: 0 }, problem: null, state: 'done' },
      ...{ warnings: [], approvedBy: null, approvedAt: null },
      counts: {
        read: 0,
        eligible: 0,
        excluded: 0,
        excludedBy: {},
        removed: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        failed: 0,
        providerCalls: 0,
      },
    };
    answers = { '/api/v1/links/l/runs': [[202, { runId: 'r' }]], '/api/v1/runs/r': [refusal(404, 'not-found'), [200, run]] };
    await expect(client().runToEnd('l')).resolves.toMatchObject({ state: 'done' });
    answers = { '/api/v1/runs/r': [refusal(401, 'not-signed-in')] };
    await expect(client().ended('r')).rejects.toMatchObject({ code: 'not-signed-in' });
  });

  it('[F16] says in plain words when nobody answers, when it is not Kontaktor, and when the versions differ', async () => {
    await expect(new ApiClient({ url: 'http://127.0.0.1:1', token: '' }).links()).rejects.toBeInstanceOf(ApiAway);
    await expect(new ApiClient({ url: 'nowhere', token: '' }).links()).rejects.toThrow('"nowhere" is not a URL');
    await expect(client().links()).rejects.toThrow('answered 404, and not as Kontaktor does');
    answers = { '/api/v1/links': [[200, { links: [{}] }]] };
    await expect(client().links()).rejects.toThrow(ApiFailure);
    await expect(client().links()).rejects.toThrow('have both the same version?');
  });
});
