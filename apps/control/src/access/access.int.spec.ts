import { wholeDocument } from '../../test/documents';
import { looseSchemasOf, operationsOf } from '../../test/openapi-operations';
import { startControl, type StartedControl } from '../../test/start-control';
import { ensureFirstToken } from './ensure-first-token';

let control: StartedControl;
let foreign: string;
beforeAll(async () => {
  control = await startControl();
  await control.call('POST', 'apply', { body: wholeDocument });
  foreign = await control.workspace('other');
  await ensureFirstToken(control.service.context, 'first-token-of-the-other-workspace-0', 'other');
});
afterAll(() => control.stop());

const documented = async () => (await control.call('GET', '/api/openapi.json')).body;
const ids: Readonly<Record<string, string>> = {
  id: 'crm',
  runId: 'run-1',
  commandId: 'c-1',
  tokenId: '019a0000-0000-7000-8000-0000000000dd',
  alertId: '019a0000-0000-7000-8000-0000000000aa',
  user: 'jana',
};
const filled = (path: string): string =>
  path.replace('/links/{id}', '/links/newsletter').replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? name);
const queryFor = (path: string): string => {
  if (/why|journal/.test(path)) return '?address=petr@novak.example';
  return path.endsWith('people') ? '?list=excluded' : '';
};
const bodies: Readonly<Record<string, object>> = {
  '/api/v1/apply': wholeDocument,
  '/api/v1/validate': wholeDocument,
  '/api/v1/links/{id}/runs': { mode: 'full' },
  '/api/v1/connections/check': { provider: 'ecomail', settings: {}, connection: 'mail' },
};

describe('access', () => {
  it('[F16] nobody gets in without a token, and health stays open', async () => {
    for (const { method, path } of operationsOf(await documented())) {
      const { status, body } = await control.call(method, filled(path), { token: 'kt_guessed' });
      expect([path, status]).toEqual([path, path.endsWith('sign-in') ? 400 : 401]);
      expect(body).toMatchObject({ error: { message: expect.any(String), problems: expect.any(Array) } });
    }
    expect((await control.call('GET', '/health/live', { token: '' })).status).toBe(200);
    expect((await control.call('GET', '/internal/dead-letters')).status).toBe(401);
  });

  it('[F16] another workspace sees nothing and changes nothing, whatever it tries', async () => {
    const before = await control.database.query("SELECT * FROM links WHERE workspace_id = 'main'");
    expect([before.length, (await control.call('GET', 'links')).text]).toEqual([1, expect.stringContaining('Newsletter')]);
    for (const { method, path } of operationsOf(await documented())) {
      const body = method === 'GET' ? undefined : (bodies[path] ?? {});
      const { text } = await control.call(method, filled(path) + queryFor(path), { token: foreign, body });
      if (!/providers|apply|validate|sign-in/.test(path))
        expect([path, text]).not.toEqual([path, expect.stringMatching(/Newsletter|1CLICK|firma\.|right-|filter\.tag|Jaro/)]);
    }
    expect(await control.database.query("SELECT * FROM links WHERE workspace_id = 'main'")).toEqual(before);
    const asked = control.registry.requests.map(({ path }) => path);
    expect(asked.filter((path) => path.includes('/workspaces/other/')).length).toBeGreaterThan(3);
    const answer = await control.call('POST', 'validate', { token: foreign, body: { workspace: 'main' } });
    expect(answer.body).toMatchObject({ error: { problems: [{ place: 'workspace' }] } });
  });

  it('[F16] the character NUL is refused with its place', async () => {
    for (const [path, place] of [
      ['journal?campaign=%00', 'campaign'],
      ['links/a%00b', 'id'],
    ] as const)
      expect(await control.call('GET', path)).toMatchObject({ status: 422, body: { error: { problems: [{ place }] } } });
  });

  it('[F16] a user signs in, with a password that is kept as argon2id; a new one ends the sessions', async () => {
    const password = 'správný kůň baterie';
    const signIn = (given: string) =>
      control.call('POST', 'sign-in', { token: '', body: { workspace: 'main', user: 'jana', password: given } });
    expect((await control.call('PUT', 'users/jana', { body: { role: 'editor' } })).status).toBe(400);
    expect((await control.call('PUT', 'users/jana', { body: { role: 'editor', password } })).status).toBe(204);
    const [row] = await control.database.query<{ password_hash: string }>('SELECT password_hash FROM users');
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
    expect((await signIn('něco jiného')).status).toBe(401);
    const token = String((await signIn(password)).body['token']);
    expect((await control.call('POST', 'validate', { token, body: {} })).status).toBe(200);
    await control.call('PUT', 'users/jana', { body: { role: 'viewer' } });
    expect((await control.call('POST', 'validate', { token, body: {} })).status).toBe(403);
    await control.call('PUT', 'users/jana', { body: { role: 'viewer', password: `${password} 2` } });
    expect((await control.call('GET', 'links', { token })).status).toBe(401);
    expect((await control.call('DELETE', 'users/jana')).status).toBe(204);
  });

  it('[F16] a token is shown once, kept as a hash, and ends when it is deleted', async () => {
    const made = await control.call('POST', 'tokens', { body: { name: 'export', role: 'viewer', hours: 1 } });
    const [token, tokenId] = [String(made.body['token']), String(made.body['tokenId'])];
    expect((await control.call('GET', 'links', { token })).status).toBe(200);
    const rows = await control.database.query('SELECT * FROM api_tokens');
    expect(JSON.stringify([rows, (await control.call('GET', 'tokens')).text])).not.toContain(token);
    expect((await control.call('POST', 'tokens', { body: { name: 'export', role: 'viewer' } })).status).toBe(409);
    expect((await control.call('DELETE', `tokens/${tokenId}`)).status).toBe(204);
    expect((await control.call('GET', 'links', { token })).status).toBe(401);
  });

  it('[F16] the first token can be given again, and another replaces it; a weak one is refused', async () => {
    const { context } = control.service;
    await expect(ensureFirstToken(context, 'short')).rejects.toThrow('32 characters');
    await ensureFirstToken(context, 'second-token-of-the-other-workspace-', 'other');
    expect((await control.call('GET', 'links', { token: 'first-token-of-the-other-workspace-0' })).status).toBe(401);
    expect((await control.call('GET', 'links', { token: 'second-token-of-the-other-workspace-' })).status).toBe(200);
  });
});

describe('the API', () => {
  it('[F16] is documented in full: every request, every answer, every error', async () => {
    const document = await documented();
    expect(document['openapi']).toMatch(/^3\.1\./);
    const operations = operationsOf(document);
    expect(operations.length).toBeGreaterThan(30);
    for (const { method, path, summary, responses, parameters, requestBody, security } of operations) {
      const place = `${method} ${path}`;
      expect([place, summary]).toEqual([place, expect.stringMatching(/\S/)]);
      const [ok] = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([place, ok?.[0] === '204' || ok?.[1].content !== undefined]).toEqual([place, true]);
      const refusals = [
        '401',
        '403',
        '429',
        '500',
        '503',
        ...(path.includes('{') ? ['404', '422'] : []),
        ...(method === 'GET' ? [] : ['409']),
      ];
      expect([place, Object.keys(responses)]).toEqual([place, expect.arrayContaining(refusals)]);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      const declared = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect([place, [...new Set(declared)].sort(), declared.length]).toEqual([place, inPath, inPath.length]);
      if (method !== 'POST') expect([place, requestBody !== undefined]).toEqual([place, method === 'PUT']);
      expect([place, security]).toEqual([place, path.endsWith('sign-in') ? [{}] : [{ token: [] }]]);
    }
    expect(looseSchemasOf(document)).toEqual([]);
  });

  it('[F16] has a page, safe headers, limits of size, and plain errors for what is not there', async () => {
    expect((await control.call('GET', '/api/docs')).status).toBe(200);
    const response = await fetch(`${control.service.url}/api/v1/links`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const large = await control.call('POST', 'validate', { body: { links: 'x'.repeat(5 * 1024 * 1024) } });
    expect([large.status, large.body]).toMatchObject([413, { error: { code: 'too-large' } }]);
    expect((await control.call('GET', 'nothing')).body).toMatchObject({ error: { code: 'not-found' } });
    const extra = await control.call('POST', 'links/newsletter/runs', { body: { mode: 'wet', fast: true } });
    expect([extra.status, extra.body]).toMatchObject([400, { error: { problems: [{ place: 'fast' }, { place: 'mode' }] } }]);
    const broken = await fetch(`${control.service.url}/api/v1/validate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: 'bad-request' } }]);
  });
});
