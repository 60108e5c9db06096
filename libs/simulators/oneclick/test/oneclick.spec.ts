import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleOneclickAccount, startOneclickSimulator, type OneclickSimulator } from '../src';
import { peculiarities } from '../src/peculiar-contacts';

const token = 'test-oneclick-token';
let oneclick: OneclickSimulator;
beforeEach(async () => {
  oneclick = await startOneclickSimulator({ account: () => sampleOneclickAccount({ contacts: 300, token }) });
});
afterEach(() => oneclick.stop());

async function call(what: string, body?: unknown, headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
  const [method = 'GET', path = '/'] = what.split(' ');
  const base = path.startsWith('/__sandbox') ? oneclick.adminUrl.replace('/__sandbox', '') : oneclick.baseUrl;
  const response = await fetch(`${base}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  const parsed: ReturnType<typeof JSON.parse> = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, body: parsed };
}
async function all(query = 'include_deleted=1'): Promise<{ id: number; changed_at: string }[]> {
  const found = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await call(`GET /contacts?${query}&limit=70${cursor === '' ? '' : `&cursor=${cursor}`}`);
    found.push(...body.items);
    cursor = body.next_cursor;
  }
  return found;
}

it('[A1] a wrong token is 401, and every error says code and message', async () => {
  expect(await call('GET /me', undefined, {})).toMatchObject({
    status: 401,
    body: { error: { code: 'unauthorized', message: expect.any(String) } },
  });
  expect(await call('GET /contacts/999999')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  expect(await call('GET /nowhere')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  expect((await call('GET /me')).body).toMatchObject({ tenant: 'ukazka', user: 'jana.kralova' });
});

it('[A5] the change list is ordered by time and id, hides hidden contacts unless asked, and filters by tag at both levels', async () => {
  const contacts = await all();
  const order = contacts.map(({ changed_at, id }) => [Date.parse(changed_at), id] as const);
  expect(order).toEqual([...order].sort(([a, i], [b, j]) => a - b || i - j));
  expect(contacts).toHaveLength(300);
  expect((await all('x=1')).length).toBeLessThan(300);
  expect(await call('GET /contacts?changed_since=yesterday')).toMatchObject({ status: 422 });
  await call('PUT /contacts/31/records/33/tags/jen%20z%C3%A1znam');
  expect((await all('tag=jen%20z%C3%A1znam')).map(({ id }) => id)).toEqual([31]);
});

it('[A4] anything below a contact moves its time; diary entries and marks do not; a repeated tag changes nothing', async () => {
  const timeOf = async () => (await call('GET /contacts/1')).body.changed_at;
  const moves: Record<string, boolean> = {};
  const steps: [string, unknown?][] = [
    ['PATCH /contacts/1', { note: 'x' }],
    ['POST /contacts/1/records', { type: 'email', value: 'a@b.cz', person_id: 2 }],
    ['PATCH /contacts/1/records/3', { value: 'c@d.cz' }],
    ['PUT /contacts/1/records/3/tags/newsletter'],
    ['PUT /contacts/1/tags/jiný'],
    ['POST /contacts/1/hide'],
    ['POST /contacts/1/restore'],
    ['DELETE /contacts/1/tags/jiný'],
    ['DELETE /contacts/1/records/3'],
    ['POST /contacts/1/diary', { kind: 'call', text: 'x' }],
    ['POST /marks', { items: [{ record_id: 4, system: 'ecomail', at: '2026-03-03T05:00:00Z', what: 'x' }] }],
    ['DELETE /contacts/1/tags/jiný '],
  ];
  for (const [what, body] of steps) {
    const before = await timeOf();
    await call(what.trim(), body);
    moves[what] = (await timeOf()) !== before;
  }
  const unmoved = Object.entries(moves).flatMap(([what, moved]) => (moved ? [] : [what]));
  expect(unmoved).toEqual(['POST /contacts/1/diary', 'POST /marks', 'DELETE /contacts/1/tags/jiný ']);
});

it('[A4] contacts that change during paging are neither skipped nor shown for ever', async () => {
  const seen = new Map<number, number>();
  let cursor = '';
  for (let page = 0; page < 20; page += 1) {
    const { body } = await call(`GET /contacts?include_deleted=1&limit=50${cursor === '' ? '' : `&cursor=${cursor}`}`);
    for (const { id } of body.items) seen.set(id, (seen.get(id) ?? 0) + 1);
    if (page < 3) for (const id of [1, 11, 2001]) await call(`PATCH /contacts/${id}`, { note: `${page}` });
    if (body.next_cursor === null) break;
    cursor = body.next_cursor;
  }
  expect(seen.size).toBe(300);
  expect(Math.max(...seen.values())).toBeLessThanOrEqual(2);
});

describe('a merge', () => {
  it('[F3] answers 410 at the lost contact; records and diary stand at the winner with the same ids; both are in the change list', async () => {
    await call('POST /contacts/31/diary', { kind: 'call', text: 'před sloučením', external_id: 'x:1' });
    const since = new Date().toISOString();
    expect((await call('POST /__sandbox/people', { action: 'merge', contact: 31, into: 41 })).status).toBe(200);
    expect(await call('GET /contacts/31')).toEqual({ status: 410, body: { merged_into: 41 } });
    expect(await call('POST /contacts/31/diary', { kind: 'call', text: 'x' })).toEqual({ status: 410, body: { merged_into: 41 } });
    expect((await call('GET /contacts/41')).body.records.map(({ id }: { id: number }) => id)).toEqual(
      expect.arrayContaining([33, 34, 43, 44]),
    );
    expect((await call('POST /contacts/41/diary', { kind: 'call', text: 'x', external_id: 'x:1' })).status).toBe(200);
    expect((await all(`include_deleted=1&changed_since=${encodeURIComponent(since)}`)).map(({ id }) => id).toSorted()).toEqual([31, 41]);
  });
});

describe('the diary', () => {
  const entry = { kind: 'campaign_delivered', text: 'Kampaň doručena', external_id: 'ecomail:1' };

  it('[A9] takes an entry once: 201, then 200, by external_id or Idempotency-Key', async () => {
    expect((await call('POST /contacts/1/diary', entry)).status).toBe(201);
    expect((await call('POST /contacts/1/diary', entry)).status).toBe(200);
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': 'k1' };
    const plain = { kind: 'call', text: 'x' };
    expect((await call('POST /contacts/1/diary', plain, headers)).status).toBe(201);
    expect((await call('POST /contacts/1/diary', plain, headers)).status).toBe(200);
    expect((await call('GET /contacts/1/diary')).body.items).toHaveLength(2);
  });

  it('[A9] answers a batch item by item, also what is no entry at all', async () => {
    await call('POST /__sandbox/people', { action: 'authorise', contact: 11, users: ['jiny'] });
    const entries = [{ ...entry, contact_id: 1 }, 'nonsense', { ...entry, contact_id: 11 }, { ...entry, contact_id: 999999 }];
    const { body } = await call('POST /diary/batch', { entries });
    expect(body.results.map(({ status }: { status: number }) => status)).toEqual([201, 422, 403, 404]);
    expect((await call('GET /contacts/11/diary')).status).toBe(403);
    expect((await call('POST /diary/batch', { entries: Array.from({ length: 201 }, () => entry) })).status).toBe(422);
  });

  it('[A10] shows the team’s entries among ours, newest first at a contact and in the order of writing over all', async () => {
    await call('POST /contacts/1/diary', { ...entry, at: '2026-03-03T06:00:00+01:00' });
    await call('POST /__sandbox/people', { action: 'diary', contact: 1, author: 'karel', text: 'Hovor', at: '2026-03-02T06:00:00+01:00' });
    expect((await call('GET /contacts/1/diary')).body.items.map(({ author }: { author: string }) => author)).toEqual([
      'jana.kralova',
      'karel',
    ]);
    const { body } = await call('GET /diary?since=2026-03-01T00:00:00%2B01:00&limit=1');
    expect(body).toMatchObject({ items: [{ contact_id: 1, external_id: 'ecomail:1' }], next_cursor: expect.any(String) });
    expect((await call(`GET /diary?cursor=${body.next_cursor}`)).body.items.at(-1)).toMatchObject({ text: 'Hovor', author: 'karel' });
  });
});

it('[A5] the sample account holds every case of the fact sheet', () => {
  const { contacts } = sampleOneclickAccount();
  expect(contacts).toHaveLength(2000);
  expect(Object.keys(peculiarities).length).toBeGreaterThanOrEqual(20);
  const emails = contacts.flatMap(({ records }) => records.map(({ value }) => value));
  expect(contacts.some(({ merged_into }) => merged_into !== null)).toBe(true);
  expect(contacts.map(({ changed_at }) => changed_at)).toEqual(
    expect.arrayContaining(['2025-10-26T02:30:00+02:00', '2025-10-26T02:30:00+01:00']),
  );
  expect(emails.some((value) => value?.includes('(zavinac)'))).toBe(true);
  expect(contacts.some(({ persons }) => persons.some(({ last_name }) => last_name.includes('Ph.D.')))).toBe(true);
});

it('[F12] what was answered is soon in the state file, without a clean stop', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'oneclick-')), 'state.json');
  const account = () => sampleOneclickAccount({ contacts: 5, token });
  const kept = await startOneclickSimulator({ account, stateFile });
  await fetch(`${kept.adminUrl}/people`, {
    method: 'POST',
    body: JSON.stringify({ action: 'add', name: 'Nový', email: 'novy@firma.example' }),
  });
  const deadline = Date.now() + 5000;
  let text = '';
  while (!text.includes('novy@firma.example') && Date.now() < deadline) {
    await new Promise((resolve) => setImmediate(resolve));
    try {
      text = readFileSync(stateFile, 'utf8');
    } catch {
      text = '';
    }
  }
  expect(JSON.parse(text).contacts).toHaveLength(6);
  const next = await startOneclickSimulator({ account, stateFile });
  expect(next.account().contacts).toHaveLength(6);
  await Promise.all([kept.stop(), next.stop()]);
});

it('[F12] the admin port tells requests with bodies, refuses unknown faults, and resets', async () => {
  await call('POST /contacts', { name: 'Nový' });
  const { body } = await call('GET /__sandbox/requests');
  expect(body).toMatchObject({
    counts: { 'POST /contacts': 1 },
    recent: [{ route: 'POST /contacts', status: 201, body: '{"name":"Nový"}' }],
  });
  expect((await call('POST /__sandbox/faults', { kind: 'flood' })).status).toBe(422);
  await call('POST /__sandbox/faults', { kind: '500', route: 'GET /me' });
  expect((await call('GET /me')).status).toBe(500);
  expect((await call('GET /me')).status).toBe(200);
  await call('POST /__sandbox/clock', { skewMs: 3_600_000 });
  const { body: made } = await call('POST /contacts', { name: 'Zítra' });
  expect(Date.parse(made.changed_at)).toBeGreaterThan(Date.now() + 3_000_000);
  await call('POST /__sandbox/reset');
  expect((await call('GET /__sandbox/state')).body.contacts).toHaveLength(300);
});
