import { ecomail } from '@kontaktor/adapter-ecomail';
import { adapterAnnounced, checkAnswer, describeAnswer, ensureListAnswer, providerFailure } from '@kontaktor/contracts';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator } from '@kontaktor/simulator-ecomail';
import { eventually } from '@kontaktor/testing';
import { startAdapterWorld, type AdapterWorld } from './adapter-world';

describe('internal HTTP of an adapter', () => {
  let mail: EcomailSimulator;
  let world: AdapterWorld;
  let guarded: AdapterWorld;

  beforeAll(async () => {
    mail = await startEcomailSimulator({ account: () => sampleEcomailAccount({ own: 3 }) });
    world = await startAdapterWorld({ adapter: ecomail });
    guarded = await startAdapterWorld({ adapter: ecomail, allowPrivateUrls: false });
  });
  afterAll(async () => {
    await Promise.all([world.stop(), guarded.stop()]);
    await mail.stop();
  });

  const post = (path: string, body: unknown, { token = world.serviceToken, to = world } = {}) =>
    fetch(`${to.service.url}/internal/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const settings = () => ({ baseUrl: mail.baseUrl, apiKey: mail.account().key });
  const check = async (given: Record<string, unknown>, to = world) =>
    checkAnswer.parse(await (await post('check', { settings: given }, { to })).json());

  it('[A1] a key is checked on entry', async () => {
    expect(await check(settings())).toMatchObject({ ok: true });
    const refusals = [{ apiKey: 'wrong-key-000' }, { baseUrl: 'http://127.0.0.1:1' }, { baseUrl: `${mail.baseUrl}/nowhere` }];
    const told = await Promise.all(refusals.map((wrong) => check({ ...settings(), ...wrong })));
    const problem = (place: string, words: RegExp) => ({ ok: false, problems: [{ place, problem: expect.stringMatching(words) }] });
    expect(told).toEqual([
      problem('settings.apiKey', /^Ecomail refuses this API key \(GET \S+ answered 401: .+\)$/),
      problem('settings.baseUrl', /^Ecomail does not answer as it should at this address \(.*ECONNREFUSED.*\)$/),
      problem('settings.baseUrl', /^there is no Ecomail API at this address \(GET \S+ answered 404: .+\)$/),
    ]);
  });

  it('[A1] all that is wrong with settings is said at once, with its place, and the key is not repeated', async () => {
    const answer = await check({ baseUrl: 'nowhere', apiKey: 'short' });
    expect(answer).toMatchObject({ ok: false, problems: [{ place: 'settings.baseUrl' }, { place: 'settings.apiKey' }] });
    expect(JSON.stringify(answer)).not.toContain('short');
  });

  it('[A1] an address within a private network is refused where it is not allowed', async () => {
    expect(await check(settings(), guarded)).toMatchObject({ ok: false, problems: [{ place: 'settings.baseUrl' }] });
  });

  it('[A1] lists are told and made: the same name twice is one list', async () => {
    const lists = describeAnswer.parse(await (await post('describe', { settings: settings() })).json());
    expect(lists).toMatchObject({ lists: [{ key: 'list/1', label: 'Starý seznam' }], recordTypes: null });
    const list = { name: 'Z 1CLICKu', fromName: 'Firma', fromEmail: 'info@firma.example', replyTo: 'info@firma.example' };
    const make = async () => ensureListAnswer.parse(await (await post('ensure-list', { settings: settings(), list })).json());
    expect(await make()).toEqual(await make());
    expect(mail.account().lists.map(({ name }) => name)).toEqual(['Starý seznam', 'Z 1CLICKu']);
  });

  it('[A1] a failure of the provider is told by its kind, and a request in another shape by its place', async () => {
    const refused = await post('describe', { settings: { ...settings(), apiKey: 'wrong-key-000' } });
    expect([refused.status, providerFailure.parse(await refused.json()).kind]).toEqual([422, 'credentials-rejected']);
    mail.faults.add({ kind: '503', times: 1 });
    expect((await post('describe', { settings: settings() })).status).toBe(502);
    const odd = await post('describe', { setting: 1 });
    expect([odd.status, providerFailure.parse(await odd.json()).message]).toEqual([400, expect.stringContaining('settings')]);
  });

  it('[F16] it is for those who know the service token', async () => {
    for (const path of ['check', 'describe', 'ensure-list', 'connections/main/mail/resume'])
      expect((await post(path, { settings: settings() }, { token: 'guess' })).status).toBe(401);
    expect((await post('connections/main/nobody/resume', {})).status).toBe(404);
  });

  it('[F16] it announces itself with its URL, settings, fields and webhooks, and is ready', async () => {
    const [announced] = await eventually(async () => {
      const found = await world.published(adapterAnnounced);
      expect(found).toHaveLength(1);
      return found;
    });
    expect(announced).toMatchObject({
      provider: 'ecomail',
      url: world.service.url,
      secrets: ['apiKey'],
      webhookEndpoints: expect.arrayContaining(['campaigns']),
    });
    expect(announced?.capabilities).toMatchObject({ ensureList: true, changeTimes: false });
    expect(announced?.settingsSchema).toMatchObject({ properties: { apiKey: { secret: true }, baseUrl: { type: 'string' } } });
    expect(announced?.settingsSchema['required']).toEqual(['apiKey']);
    expect((await fetch(`${world.service.url}/health/ready`)).status).toBe(200);
  });

  it('[F12] metrics tell due work, calls and what is left of the budget', async () => {
    const text = await (await fetch(`${world.service.url}/metrics`)).text();
    for (const name of [
      'adapter_work_due',
      'adapter_work_oldest_due_seconds',
      'adapter_budget_left',
      'adapter_provider_call_seconds_count',
    ])
      expect(text).toContain(name);
  });
});
