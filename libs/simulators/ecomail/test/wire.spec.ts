import type { EcomailSimulator } from '../src';
import { call, key, startSample } from './call-ecomail';

let ecomail: EcomailSimulator;
beforeEach(async () => {
  ecomail = await startSample();
});
afterEach(() => ecomail.stop());

it('[A1] a wrong or missing key is 401 with the vendor’s text; the header’s case does not matter', async () => {
  const wrong: Record<string, string>[] = [{}, { key: 'wrong' }];
  for (const headers of wrong)
    expect(await call(ecomail, 'GET /account', undefined, headers)).toMatchObject({ status: 401, body: { message: 'Wrong api key' } });
  expect((await call(ecomail, 'GET /account', undefined, { Key: key })).status).toBe(200);
});

it('[A1] answers are exactly application/json', async () => {
  expect((await call(ecomail, 'GET /lists')).type).toBe('application/json');
  expect((await call(ecomail, 'GET /nowhere')).type).toBe('application/json');
});

it('[F12] over the limit comes 429 with Retry-After and no other header about limits; the window is 60 s', async () => {
  let time = Date.parse('2026-03-03T05:00:00Z');
  const limited = await startSample({ now: () => new Date(time), switches: { perMinute: 2 } });
  const statuses = [];
  for (let index = 0; index < 3; index += 1) statuses.push(await call(limited, 'GET /account'));
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(statuses[2]?.headers.get('retry-after')).toBe('60');
  expect(statuses[2]?.headers.get('x-ratelimit-limit')).toBeNull();
  time += 60_000;
  expect((await call(limited, 'GET /account')).status).toBe(200);
  await limited.stop();
});

it('[A1] lists are a bare array, the new one a flat object with a numeric id, and one list is wrapped with its counts', async () => {
  expect((await call(ecomail, 'GET /lists?')).body).toEqual([
    { id: 1, name: 'Starý seznam', from_name: 'Firma', from_email: 'info@firma.example', reply_to: 'info@firma.example' },
  ]);
  expect((await call(ecomail, 'POST /lists', { name: ' ' })).body).toEqual({ errors: { name: [expect.any(String)] } });
  const { body: made } = await call(ecomail, 'POST /lists', { name: 'Klienti', from_name: 'F', from_email: 'f@f.cz', reply_to: 'r@f.cz' });
  expect(made).toMatchObject({ id: expect.any(Number), name: 'Klienti', custom_fields: [], active_subscribers: 0 });
  expect((await call(ecomail, 'GET /lists/1')).body).toMatchObject({
    list: { id: 1, custom_fields: [], groups: [], segments: [], created: '3.2.2025', double_optin: false },
    subscribers: { unknown: 0, subscribed: 12, unsubscribed: 6, soft_bounced: 3, hard_bounced: 3, complained: 3, unconfirmed: 3 },
  });
  expect((await call(ecomail, `PUT /lists/${made.id}`, { name: 'Jiný' })).body).toMatchObject({
    id: made.id,
    name: 'Jiný',
    from_name: 'F',
  });
});

describe('members of a list', () => {
  it('[A6] come in Laravel’s envelope, 20 a page, subscribed ones only', async () => {
    const { body } = await call(ecomail, 'GET /lists/1/subscribers');
    expect(body).toMatchObject({
      current_page: 1,
      from: 1,
      to: 12,
      total: 12,
      last_page: 1,
      per_page: 20,
      next_page_url: null,
      prev_page_url: null,
    });
    expect(body.data[0]).toMatchObject({
      ...{ list_id: 1, email: 'vlastni.0@ecomail.example', status: 1, sms_status: 1, custom_fields: [], groups: null, source: 'form' },
      subscriber: { id: 9000, name: 'Ruční', company: null, tags: ['ruční štítek', 'newsletter'], bounced_hard: 0 },
    });
  });

  it('[A6] page 0 is page 1, numbers as status are ignored, names are filters, and 5000 rows are the most', async () => {
    const page = async (query: string) => (await call(ecomail, `GET /lists/1/subscribers?${query}`)).body;
    expect(await page('page=0&per_page=5')).toEqual(await page('page=1&per_page=5'));
    expect((await page('status=2')).total).toBe(12);
    const totals = [];
    for (const status of ['unsubscribed', 'bounced', 'complained', 'not_confirmed']) totals.push((await page(`status=${status}`)).total);
    expect(totals).toEqual([6, 3, 3, 3]);
    expect((await page('per_page=9000')).per_page).toBe(5000);
    expect(await page('page=3&per_page=5')).toMatchObject({ from: 11, to: 12, next_page_url: null, last_page: 3 });
    expect((await page('page=2&per_page=5')).next_page_url).toContain('page=3');
  });

  it('[F4] times come in three dialects, and the one with Z is as early as Prague is ahead', async () => {
    const { body } = await call(ecomail, 'GET /lists/1/subscribers?status=unsubscribed&per_page=1');
    expect(body.data[0]).toMatchObject({
      ...{ subscribed_at: '2025-05-10T12:29:07.000000Z', subscribed_at_utc: '2025-05-10 14:29:07' },
      ...{ unsubscribed_at: '2025-11-02T08:00:00.000000Z', unsubscribed_at_utc: '2025-11-02 09:00:00' },
      subscriber: { inserted_at: '2025-05-10 14:29:07' },
    });
    ecomail.switches.shiftTimes = false;
    const straight = await call(ecomail, 'GET /lists/1/subscribers?status=unsubscribed&per_page=1');
    expect(straight.body.data[0].unsubscribed_at).toBe('2025-11-02T09:00:00.000000Z');
  });

  it('[F3] an e-mail in a path may be raw or encoded, a plus stays one, and its case does not matter', async () => {
    await call(ecomail, 'POST /lists/1/subscribe', { subscriber_data: { email: 'Jana+A@Firma.example' } });
    for (const email of ['jana+a@firma.example', 'jana%2Ba%40firma.example', 'JANA+a@firma.example?']) {
      expect((await call(ecomail, `GET /subscribers/${email}`)).body.subscriber.email).toBe('jana+a@firma.example');
      expect((await call(ecomail, `GET /lists/1/subscriber/${email}`)).body.subscriber).toMatchObject({ list_id: 1, status: 1, tags: [] });
    }
    expect((await call(ecomail, 'GET /subscribers/jana%20a@firma.example')).status).toBe(404);
  });

  it('[F3] a person alone shows their lists as a map by id, with c_fields, and an empty map as []', async () => {
    const { body } = await call(ecomail, 'GET /subscribers/vlastni.0@ecomail.example');
    expect(body.subscriber.lists).toMatchObject({
      1: { status: 1, c_fields: [], owner: { id: 1, active_subscribers: 12 }, unsub_reason: null },
    });
  });
});
