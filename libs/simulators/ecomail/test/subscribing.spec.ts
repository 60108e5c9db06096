import type { EcomailSimulator } from '../src';
import { call, startSample } from './call-ecomail';

let ecomail: EcomailSimulator;
beforeEach(async () => {
  ecomail = await startSample();
});
afterEach(() => ecomail.stop());

const jana = 'jana@firma.example';
const subscribe = (data: object, options: object = {}) =>
  call(ecomail, 'POST /lists/1/subscribe', { subscriber_data: { email: jana, ...data }, ...options });
const bulk = (subscriber_data: readonly object[], options: object = {}) =>
  call(ecomail, 'POST /lists/1/subscribe-bulk', { subscriber_data, ...options });
const update = (data: object) => call(ecomail, 'PUT /lists/1/update-subscriber', { email: jana, subscriber_data: data });
const unsubscribe = () => call(ecomail, 'DELETE /lists/1/unsubscribe', { email: jana });
const stands = async () => (await call(ecomail, `GET /lists/1/subscriber/${jana}`)).body.subscriber;
const triggered = () => ecomail.account().triggered.map(({ kind, by, tag }) => [kind, by, tag].filter(Boolean).join(' '));

describe('defaults', () => {
  it('[A6] single leaves existing people alone unless told, bulk updates them unless told', async () => {
    expect((await subscribe({ name: 'Jana' })).body).not.toHaveProperty('already_subscribed');
    expect((await subscribe({ name: 'Eva' })).body).toMatchObject({ name: 'Jana', already_subscribed: true });
    expect((await subscribe({ name: 'Eva' }, { update_existing: true })).body).toMatchObject({ name: 'Eva', already_subscribed: true });
    await bulk([{ email: jana, name: 'Iva' }], { update_existing: false });
    expect((await stands()).name).toBe('Eva');
    expect((await bulk([{ email: jana, name: 'Iva' }])).body).toEqual({ inserts: 0 });
    expect((await stands()).name).toBe('Iva');
  });

  it('[F4] nobody comes back without resubscribe; a status that is not 1 wins over it', async () => {
    await subscribe({});
    await unsubscribe();
    await subscribe({ status: 1 }, { update_existing: true });
    await bulk([{ email: jana, status: '1' }]);
    await update({ status: 1 });
    await call(ecomail, 'PUT /lists/1/update-subscriber-bulk', { subscriber_data: [{ email: jana, status: 1 }] });
    await subscribe({ status: 2 }, { update_existing: true, resubscribe: true });
    expect((await stands()).status).toBe(2);
    await subscribe({ status: '1' }, { update_existing: true, resubscribe: true });
    expect(await stands()).toMatchObject({ status: 1, unsubscribed_at: null });
    await unsubscribe();
    await bulk([{ email: jana }], { resubscribe: true });
    expect((await stands()).status).toBe(1);
    await unsubscribe();
    const again = { subscriber_data: [{ email: jana, status: 1 }], allow_resubscribe: true };
    expect((await call(ecomail, 'PUT /lists/1/update-subscriber-bulk', again)).body).toEqual({ updates: 1 });
    expect((await stands()).status).toBe(1);
  });

  it('[F9] a list with double opt-in asks single people to confirm, unless told to skip it; bulk never asks', async () => {
    await call(ecomail, 'PUT /lists/1', { name: 'S', double_optin: true });
    await subscribe({});
    expect((await stands()).status).toBe(6);
    expect(triggered()).toEqual(['opt-in-mail subscribe']);
    await subscribe({ email: 'eva@firma.example' }, { skip_confirmation: true });
    await bulk([{ email: 'iva@firma.example' }]);
    expect((await call(ecomail, 'GET /lists/1/subscribers?per_page=50')).body.total).toBe(14);
    expect(triggered()).toHaveLength(1);
  });
});

describe('tags', () => {
  it('[F6] sent tags replace the whole set in every list, tags that are not sent stay, and those at the top level count for nothing', async () => {
    await subscribe({ tags: ['a', 'b'] });
    await subscribe({ name: 'Jana' }, { update_existing: true, tags: ['c'] });
    expect((await stands()).tags).toEqual(['a', 'b']);
    await update({ tags: ['c'] });
    expect((await stands()).tags).toEqual(['c']);
    await bulk([{ email: jana, tags: [] }]);
    expect((await stands()).tags).toEqual([]);
  });

  it.each([
    ['51 characters in one', ['x'.repeat(51)], 422],
    ['50 characters, of whatever bytes', ['ž'.repeat(50)], 200],
    ['2050 characters together', Array.from({ length: 41 }, (_, index) => String(index).padStart(50, 'x')), 422],
  ])('[A8] %s', async (_name, tags, status) => {
    expect((await subscribe({ tags })).status).toBe(status);
  });

  it('[F9] update-subscriber sets automations on tags off; bulk never does, nor single calls without trigger_autoresponders', async () => {
    await bulk([{ email: jana, tags: ['a'] }]);
    await bulk([{ email: jana, tags: ['a', 'b'] }], { trigger_autoresponders: true });
    await subscribe({ tags: ['a', 'b', 'c'] }, { update_existing: true, trigger_autoresponders: false });
    expect(triggered()).toEqual([]);
    await update({ tags: ['a', 'd'] });
    await subscribe({ tags: ['a', 'e'] }, { update_existing: true, trigger_autoresponders: true });
    expect(triggered()).toEqual(['tag-added update-subscriber d', 'tag-added subscribe e']);
  });
});

describe('custom fields', () => {
  it('[A8] single calls define them on the list, bulk calls drop what is not defined, and values merge key by key', async () => {
    await bulk([{ email: jana, custom_fields: { vlastnik: 'Karel' } }]);
    expect((await stands()).custom_fields).toEqual([]);
    await update({ custom_fields: { ' Vlastnik ': 'Karel', stav: { value: 3, type: 'int' } } });
    await bulk([{ email: jana, custom_fields: { STAV: 4, jiny: 'x' } }]);
    expect((await stands()).custom_fields).toEqual({ vlastnik: 'Karel', stav: 4 });
    expect((await call(ecomail, 'GET /lists/1')).body.list.custom_fields).toEqual({
      ...{ vlastnik: { type: 'string', name: 'vlastnik' }, stav: { type: 'int', name: 'stav' } },
    });
  });

  it('[A8] keys that are the same after trimming, and more than 5000 characters, are refused', async () => {
    expect((await subscribe({ custom_fields: { a: 1, ' A': 2 } })).body.errors).toHaveProperty('custom_fields');
    expect((await subscribe({ custom_fields: { a: 'x'.repeat(5001) } })).status).toBe(422);
    ecomail.switches.keepFieldCase = true;
    expect((await subscribe({ custom_fields: { a: 1, ' A': 2 } })).status).toBe(200);
  });
});

describe('bulk', () => {
  it('[F12] more than 3000 people are dropped without a word, and only new ones are counted', async () => {
    const people = Array.from({ length: 3100 }, (_, index) => ({ email: `p${index}@firma.example` }));
    expect((await bulk(people)).body).toEqual({ inserts: 3000 });
    expect((await call(ecomail, 'GET /subscribers/p3050@firma.example')).status).toBe(404);
    expect(
      (await bulk([{ email: 'P1@firma.example' }, { email: 'new@firma.example', name: 'a' }, { email: 'new@firma.example', name: 'b' }]))
        .body,
    ).toEqual({
      inserts: 1,
    });
    expect((await call(ecomail, 'GET /subscribers/new@firma.example')).body.subscriber.name).toBe('b');
  });

  it('[F12] one bad item refuses the call and is named; what is stored of it is a switch', async () => {
    const items = [{ email: jana }, { email: 'no-at' }, { email: 'eva@firma.example', status: 5 }];
    expect(await bulk(items)).toMatchObject({
      status: 422,
      body: { errors: { 'subscriber_data.1': { email: [expect.any(String)] }, 'subscriber_data.2': { status: [expect.any(String)] } } },
    });
    expect((await call(ecomail, `GET /subscribers/${jana}`)).status).toBe(404);
    ecomail.switches.storeValidPart = true;
    await bulk(items);
    expect((await call(ecomail, `GET /subscribers/${jana}`)).status).toBe(200);
  });
});

describe('leaving', () => {
  it('[A6] unsubscribe is DELETE with a body and answers the membership; POST is 405; who is no member is 404', async () => {
    await subscribe({});
    expect((await call(ecomail, 'POST /lists/1/unsubscribe', { email: jana })).status).toBe(405);
    const { body } = await unsubscribe();
    expect(body).toMatchObject({ list_id: 1, email: jana, status: 2, source: 'api', custom_fields: [] });
    expect((await stands()).unsubscribed_at).toBe(body.unsubscribed_at);
    expect((await call(ecomail, 'DELETE /lists/1/unsubscribe', { email: 'nobody@firma.example' })).status).toBe(404);
  });

  it('[F13] delete takes a person out of every list, with any body; the second time is 404', async () => {
    await subscribe({});
    expect(await call(ecomail, `DELETE /subscribers/${jana}/delete`, [])).toMatchObject({ status: 200, body: {} });
    expect((await call(ecomail, `DELETE /subscribers/${jana}/delete`)).status).toBe(404);
    expect((await call(ecomail, 'GET /lists/1')).body.subscribers.subscribed).toBe(12);
  });

  it('[A6] update-subscriber wants the e-mail at the root, and a member', async () => {
    expect(await call(ecomail, 'PUT /lists/1/update-subscriber', { subscriber_data: { email: jana } })).toMatchObject({
      ...{ status: 422, body: { errors: { email: ['email_required'] } } },
    });
    expect((await update({ name: 'x' })).status).toBe(404);
    await subscribe({ name: 'Jana', surname: 'Malá' });
    expect((await update({ name: 'Eva' })).body).toMatchObject({ name: 'Eva', surname: 'Malá', bounce_hard: 0 });
  });
});
