import { providerKey, masterKeyFrom, sha256Hex, unseal } from '@kontaktor/config';
import { parse } from 'yaml';
import { crm, mail, newsletter, wholeDocument } from '../../test/documents';
import { startControl, webhookUrl, type StartedControl } from '../../test/start-control';
import { Commit } from './commit';
import { loadSnapshot } from './snapshot';

let control: StartedControl;
beforeAll(async () => (control = await startControl()));
afterAll(() => control.stop());

const apply = (body: unknown) => control.call('POST', 'apply', { body });

describe('configuration', () => {
  it('[A1] a wrong key is refused on entry, and nothing is half-saved', async () => {
    const wrong = { ...wholeDocument, connections: { crm, mail: { ...mail, settings: { apiKey: 'wrong-key' } } } };
    const { status, body } = await apply(wrong);
    expect([status, body]).toMatchObject([
      422,
      { error: { code: 'not-valid', problems: [{ place: 'connections.mail.settings.apiKey' }] } },
    ]);
    expect(await control.database.query('SELECT 1 FROM connections UNION ALL SELECT 1 FROM links')).toEqual([]);
    expect(control.ecomail.lists).toEqual(['Starý seznam']);
  });

  it('[F15] [A1] a right document is saved whole: the list is made, the events say all that deciding needs', async () => {
    const { status, body } = await apply(wholeDocument);
    expect([status, body]).toMatchObject([
      200,
      {
        saved: true,
        connections: [{ id: 'crm', change: 'created' }, { id: 'mail' }],
        links: [{ id: 'newsletter', change: 'created' }],
        warnings: [],
      },
    ]);
    expect(control.ecomail.lists).toEqual(['Starý seznam', 'Zákazníci']);
    const [link] = await control.published('link.changed');
    expect(link?.data).toMatchObject({
      ...{ linkId: 'newsletter', version: 1, place: 'list/2', schedule: { kind: 'every', hours: 24 }, leave: 'unsubscribe' },
      ...{
        brake: { removals: 100, share: 0.2 },
        mode: 'live',
        firstRun: 'approve',
        canary: 0,
        diary: true,
        mark: true,
        sharedAddress: 'first',
      },
      source: { connectionId: 'crm', provider: 'oneclick' },
    });
    const targets = ['titleBefore', 'firstName', 'lastName', 'titleAfter', 'company', 'phone'];
    expect(link?.data['mapping']).toEqual(targets.map((to) => ({ from: to, to, onBlank: 'skip', conflict: 'source' })));
  });

  it('[F16] secrets are sealed for the one provider, and stand nowhere in clear', async () => {
    const events = await control.published('connection.changed');
    const sent = events.map(({ data }) => data).find(({ connectionId }) => connectionId === 'mail');
    const key = providerKey(masterKeyFrom('ab'.repeat(32)), 'ecomail');
    expect(unseal(key, String(sent?.['sealedSecrets']), 'main/mail/1')).toBe('{"apiKey":"right-ecomail-key"}');
    const rows = await control.database.query(
      'SELECT to_jsonb(c) AS row FROM connections c UNION ALL SELECT to_jsonb(v) FROM connection_versions v UNION ALL SELECT to_jsonb(a) FROM audit a',
    );
    const shown = await Promise.all(
      ['connections', 'connections/mail', 'links', 'export', 'audit'].map((path) => control.call('GET', path)),
    );
    const texts = [JSON.stringify(rows), JSON.stringify(events), control.lines.join(''), ...shown.map(({ text }) => text)];
    for (const text of texts) expect(text).not.toMatch(/right-(crm|ecomail)/);
    expect(shown[1]?.body).toMatchObject({ secretsSet: ['apiKey'], settings: {} });
  });

  it('[A9] the webhook URL is made by us once; only the hash of its secret leaves', async () => {
    const viewer = await control.tokenOf('viewer');
    const { body } = await control.call('GET', 'connections/mail');
    const url = String(Object(body['webhookUrls'])['campaigns']);
    expect(url.startsWith(`${webhookUrl}/hooks/ecomail/main/mail/campaigns/`)).toBe(true);
    const secret = url.split('/').at(-1) ?? '';
    expect(Buffer.from(secret, 'base64url')).toHaveLength(24);
    const events = await control.published('connection.changed');
    expect(events.some(({ data }) => Object(data['webhookSecretHashes'])['campaigns'] === sha256Hex(secret))).toBe(true);
    expect(JSON.stringify(events)).not.toContain(secret);
    expect((await control.call('GET', 'connections/mail', { token: viewer })).body).not.toHaveProperty('webhookUrls');
  });

  it('[F15] the same document, or the exported one, changes nothing: no version, no event, no call that makes a list', async () => {
    const events = (await control.published('link.changed')).length;
    const exported = await control.call('GET', 'export');
    expect(exported.text).toContain('apiKey: ${MAIL_API_KEY}');
    for (const document of [wholeDocument, parse(exported.text)]) {
      const { body } = await apply(document);
      expect(body).toMatchObject({
        connections: [{ change: 'unchanged' }, { change: 'unchanged' }],
        links: [{ change: 'unchanged', fields: [] }],
      });
    }
    expect(await control.published('link.changed')).toHaveLength(events);
    expect(control.ecomail.requests.filter(({ path }) => path === '/internal/ensure-list')).toHaveLength(1);
    expect((await control.call('GET', 'links/newsletter')).body).toMatchObject({ version: 1, place: 'list/2' });
  });

  it('[A1] settings are proven before they are saved, with the secrets that are kept', async () => {
    const check = async (body: object) => (await control.call('POST', 'connections/check', { body })).body;
    expect(await check({ provider: 'ecomail', settings: { apiKey: 'right-other' } })).toEqual({ ok: true, account: 'ukazka' });
    expect(await check({ provider: 'ecomail', settings: { apiKey: 'wrong' } })).toMatchObject({ ok: false });
    expect(await check({ provider: 'ecomail', settings: {}, connection: 'mail' })).toMatchObject({ ok: true });
    expect(await check({ provider: 'ecomail', settings: {} })).toMatchObject({
      ok: false,
      problems: [{ place: 'settings.apiKey', problem: 'is missing' }],
    });
    expect(await check({ provider: 'ecomail', settings: { apiKey: { deep: [] } } })).toMatchObject({
      ok: false,
      problems: [{ place: 'settings.apiKey' }],
    });
    expect((await control.call('POST', 'connections/mail/check')).body).toMatchObject({ ok: true });
    expect((await control.call('GET', 'connections/crm/describe')).body).toMatchObject({
      tags: [{ key: 'newsletter' }, {}, {}],
      lists: null,
    });
    const unproven = { provider: 'ecomail', settings: { apiKey: 'wrong-for-now' } };
    expect((await control.call('PUT', 'connections/later?check=false', { body: unproven })).body).toMatchObject({
      connections: [{ change: 'created' }],
    });
    expect((await control.call('DELETE', 'connections/later')).status).toBe(204);
  });

  it('[F15] a change grows the version, says which fields, and stands in the audit log', async () => {
    const changed = { ...newsletter, tags: ['VIP', 'dodavatel'], brake: { removals: 5, share: 0.2 } };
    const { status, body } = await control.call('PUT', 'links/newsletter', { body: changed });
    expect([status, body['links']]).toMatchObject([200, [{ id: 'newsletter', change: 'changed', fields: ['brake.removals', 'tags'] }]]);
    expect(body['warnings']).toMatchObject([{ place: 'links.newsletter.tags[1]' }]);
    expect((await control.call('GET', 'links/newsletter')).body).toMatchObject({ version: 2 });
    const audit = await control.call('GET', 'audit?limit=1');
    expect(audit.body).toMatchObject({
      entries: [{ actor: 'token first', action: 'change', object: 'link newsletter', detail: { version: 2 } }],
    });
  });

  it('[F16] a kept secret goes to no other address', async () => {
    const moved = { provider: 'ecomail', settings: { baseUrl: 'https://thief.example' } };
    const { status, body } = await control.call('PUT', 'connections/mail', { body: moved });
    expect([status, body]).toMatchObject([422, { error: { problems: [{ place: 'settings.apiKey' }] } }]);
    expect(JSON.stringify(control.ecomail.requests)).not.toContain('thief');
  });

  it('[F15] a second link may not fill the same field of the same list', async () => {
    const second = { ...newsletter, name: 'Druhý', list: 'list/2', mapping: [{ from: 'company', to: 'company' }] };
    const { status, body } = await control.call('PUT', 'links/second', { body: second });
    expect([status, body]).toMatchObject([422, { error: { problems: [{ place: 'mapping' }] } }]);
    expect(JSON.stringify(body)).toContain('fills company of the same list already');
  });

  it('[F15] a connection that a link uses is not deleted; a deleted one is told and can be made again', async () => {
    expect((await control.call('DELETE', 'connections/crm')).body).toMatchObject({
      error: { message: expect.stringContaining('"Newsletter"') },
    });
    expect((await control.call('DELETE', 'links/newsletter?members=leave')).status).toBe(200);
    expect((await control.call('DELETE', 'connections/crm')).status).toBe(204);
    const last = (await control.published('connection.changed'))
      .map(({ data }) => data)
      .filter(({ connectionId }) => connectionId === 'crm');
    expect(last.at(-1)).toMatchObject({ version: 2, deleted: true, sealedSecrets: '' });
    await apply(wholeDocument);
    expect((await control.call('GET', 'connections/crm')).body).toMatchObject({ version: 3 });
    expect((await control.call('GET', 'links/newsletter')).body).toMatchObject({ version: 4 });
  });

  it('[F15] when many save at once each is checked on what the others made; what was checked against an older configuration is refused', async () => {
    const { context } = control.service;
    const stale = await loadSnapshot(control.database, 'main');
    const put = (removals: number) => control.call('PUT', 'links/newsletter', { body: { ...newsletter, brake: { removals, share: 0.1 } } });
    const statuses = (await Promise.all([put(1), put(2), put(3)])).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200]);
    expect(await control.database.query("SELECT 1 FROM link_versions WHERE link_id = 'newsletter' AND version > 4")).toHaveLength(3);
    const who = { workspaceId: 'main', role: 'editor' as const, actor: 'test' };
    await expect(new Commit(context).deleteLink(who, stale, 'newsletter')).rejects.toMatchObject({ code: 'conflict' });
    expect((await control.call('GET', 'links/newsletter')).status).toBe(200);
  });

  it('[A4] a link is stopped while the providers are away', async () => {
    await control.oneclick.stop();
    expect((await control.call('POST', 'links/newsletter/disable')).body).toMatchObject({
      links: [{ change: 'changed', fields: ['enabled'] }],
    });
    const enable = await control.call('POST', 'links/newsletter/enable');
    expect([enable.status, enable.body]).toMatchObject([503, { error: { code: 'unavailable' } }]);
    expect(enable.text).toContain('1CLICK');
    expect((await control.call('POST', 'links/newsletter/runs', { body: { mode: 'full' } })).status).toBe(409);
  });
});
