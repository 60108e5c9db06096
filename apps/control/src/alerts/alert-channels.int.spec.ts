import { Webhook } from 'standardwebhooks';
import { parse } from 'yaml';
import { startAlertReceiver, type AlertReceiver } from '../../test/alert-receiver';
import { wholeDocument } from '../../test/documents';
import { startControl, type StartedControl } from '../../test/start-control';

let control: StartedControl;
let receiver: AlertReceiver;
beforeAll(async () => {
  receiver = await startAlertReceiver();
  control = await startControl();
  await control.call('POST', 'apply', { body: wholeDocument });
});
afterAll(async () => {
  await control.stop();
  await receiver.stop();
});

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const alerts = () => ({
  channels: {
    ops: {
      kind: 'email',
      to: ['ops@firma.example'],
      from: 'kontaktor@firma.example',
      smtp: { host: 'smtp.firma.example', user: 'kontaktor', password: 'smtp-password-0001' },
      language: 'cs',
    },
    hook: { kind: 'webhook', url: `${receiver.url}/hook`, secret },
    chat: { kind: 'chat', url: `${receiver.url}/services/T0/B0/chat-secret-0001` },
  },
  rules: { night: { when: ['run-failed', 'people-failing'], objects: ['newsletter'], channels: ['ops', 'chat'], after: 10, people: 3 } },
});
const apply = (body: unknown, token?: string) => control.call('POST', 'apply', { body, ...(token === undefined ? {} : { token }) });
const problemsOf = async (document: unknown) => Object((await apply({ alerts: document })).body['error'])['problems'];

describe('channels and rules of alerts', () => {
  it('[F14] [F15] every mistake is told at once, with its place, and nothing is saved', async () => {
    const wrong = {
      channels: {
        ops: { kind: 'email', to: ['ops'], from: 'kontaktor@firma.example', smtp: { host: 'h', port: 0 } },
        hook: { kind: 'webhook', url: 'ftp://x', secret: 'short', colour: 'red' },
        chat: { kind: 'chat' },
        open: {
          kind: 'email',
          to: ['a@firma.example'],
          from: 'b@firma.example',
          smtp: { host: 'h', security: 'none', user: 'u', password: 'p' },
        },
      },
      rules: {
        night: { when: ['run-fails'], channels: ['chat', 'nowhere'], objects: ['newsleter'], after: -1 },
        day: { channels: ['caht'] },
      },
      rule: {},
    };
    const problems: { place: string; problem: string }[] = await problemsOf(wrong);
    expect(problems.map(({ place }) => place).sort()).toEqual([
      'alerts.channels.chat.url',
      'alerts.channels.hook.colour',
      'alerts.channels.hook.secret',
      'alerts.channels.hook.url',
      'alerts.channels.open.smtp.security',
      'alerts.channels.ops.smtp.port',
      'alerts.channels.ops.to[0]',
      'alerts.rule',
      'alerts.rules.day.channels[0]',
      'alerts.rules.night.after',
      'alerts.rules.night.channels[1]',
      'alerts.rules.night.objects[0]',
      'alerts.rules.night.when[0]',
    ]);
    expect(problems.find(({ place }) => place === 'alerts.rules.day.channels[0]')?.problem).toMatch(/^there is no channel "caht".*chat/);
    expect((await control.call('GET', 'alert-channels')).body).toEqual({ channels: [] });
  });

  it('[F14] [F15] they are saved, shown without secrets, and what is exported changes nothing when it is applied', async () => {
    const { status, body } = await apply({ alerts: alerts() });
    expect([status, body['alerts']]).toEqual([
      200,
      {
        channels: ['ops', 'hook', 'chat'].map((id) => ({ id, change: 'created', fields: [], details: [] })),
        rules: [{ id: 'night', change: 'created', fields: [], details: [] }],
      },
    ]);
    const exported = await control.call('GET', 'export');
    const again = await apply(parse(exported.text));
    const changes = Object.values(Object(again.body['alerts'])).flat();
    expect(changes).toHaveLength(4);
    expect(changes.every((one) => Object(one)['change'] === 'unchanged')).toBe(true);
    const rows = await control.database.query('SELECT to_jsonb(c) AS row FROM alert_channels c UNION ALL SELECT to_jsonb(a) FROM audit a');
    const shown = await Promise.all(
      ['alert-channels', 'alert-channels/chat', 'alert-rules', 'audit'].map((path) => control.call('GET', path)),
    );
    const texts = [exported.text, JSON.stringify(rows), control.lines.join(''), ...shown.map(({ text }) => text)];
    for (const text of texts) expect(text).not.toMatch(/smtp-password|chat-secret|BwcHBwcH/);
    expect(shown[1]?.body).toMatchObject({ secretsSet: ['url'], channel: { kind: 'chat', enabled: true }, disabled: null });
    expect(exported.text).toContain('alerts.channels.chat.url');
  });

  it('[F14] a kept password goes to no other server, and a channel stays of its kind', async () => {
    const { ops, hook } = alerts().channels;
    const { password: _kept, ...smtp } = ops.smtp;
    expect(await problemsOf({ channels: { ops: { ...ops, smtp: { ...smtp, host: 'smtp.other.example' } }, chat: hook } })).toMatchObject([
      { place: 'alerts.channels.chat.kind' },
      { place: 'alerts.channels.ops.smtp.password', problem: expect.stringContaining('enter it again') },
    ]);
    expect((await control.call('PUT', 'alert-channels/ops', { body: { ...ops, smtp } })).body).toMatchObject({
      alerts: { channels: [{ change: 'unchanged' }] },
    });
  });

  it('[F14] [F16] admins change them, editors take alerts on, viewers look', async () => {
    const [viewer, editor] = [await control.tokenOf('viewer'), await control.tokenOf('editor')];
    const statusOf = async (method: string, path: string, token: string, body?: unknown) =>
      (await control.call(method, path, { token, ...(body === undefined ? {} : { body }) })).status;
    for (const path of ['alerts', 'alert-channels', 'alert-rules']) expect(await statusOf('GET', path, viewer)).toBe(200);
    for (const path of ['test', 'enable', 'rotate-secret'])
      expect(await statusOf('POST', `alert-channels/hook/${path}`, editor, {})).toBe(403);
    expect(await statusOf('DELETE', 'alert-rules/night', editor)).toBe(403);
    expect(await statusOf('PUT', 'alert-rules/night', editor, {})).toBe(403);
    expect(await statusOf('POST', 'alerts/019a0000-0000-7000-8000-000000000001/acknowledge', viewer)).toBe(403);
    expect((await apply({ alerts: { rules: { night: { remind: 1 } } } }, editor)).status).toBe(403);
    expect((await apply({ ...wholeDocument, alerts: { rules: alerts().rules } }, editor)).status).toBe(200);
  });

  it('[F14] a test message comes at once, signed; both secrets sign after a rotation, and the old one no longer than a day', async () => {
    receiver.received.length = 0;
    expect((await control.call('POST', 'alert-channels/hook/test')).body).toEqual({ ok: true, problem: null });
    const { secret: fresh, previousUntil } = (await control.call('POST', 'alert-channels/hook/rotate-secret', { body: {} })).body;
    expect(new Date(String(previousUntil)).getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000);
    await control.call('POST', 'alert-channels/hook/test');
    const [first, second] = receiver.received;
    const verify = (given: string, { text, headers } = { text: '', headers: {} }) =>
      new Webhook(given).verify(text, { ...Object(headers) });
    expect(verify(secret, first)).toMatchObject({ type: 'alert.test', data: { channel: 'hook' } });
    for (const one of [secret, String(fresh)]) expect(verify(one, second)).toMatchObject({ type: 'alert.test' });
    expect(() => verify(String(fresh), first)).toThrow();
  });

  it('[F14] a test that fails says why, and repeats no address that is a secret', async () => {
    receiver.manners.push(500);
    expect((await control.call('POST', 'alert-channels/chat/test')).body).toEqual({ ok: false, problem: 'it answered 500' });
    const { body } = await control.call('PUT', 'alert-channels/made', { body: { kind: 'webhook', url: 'http://127.0.0.1:1/x' } });
    expect(Object(body['alerts'])['channels']).toEqual([
      { id: 'made', change: 'created', fields: [], details: [], secret: expect.stringMatching(/^whsec_/) },
    ]);
    expect((await control.call('POST', 'alert-channels/made/test')).body).toEqual({
      ...{ ok: false, problem: 'it could not be reached (ECONNREFUSED)' },
    });
    expect((await control.call('DELETE', 'alert-channels/made')).status).toBe(204);
    expect(control.lines.join('')).not.toContain('chat-secret');
  });
});
