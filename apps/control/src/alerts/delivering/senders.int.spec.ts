import { startAlertReceiver, type AlertReceiver } from '../../../test/alert-receiver';
import { startMailServer, type MailServer } from '../../../test/mail-server';
import { emailChannel } from '../../document/alert-document';
import { postJson } from './post-json';
import { sendEmail } from './send-email';

describe('mail', () => {
  const login = { user: 'kontaktor', password: 'right-password' };
  let guarded: MailServer;
  let open: MailServer;
  beforeAll(async () => {
    [guarded, open] = await Promise.all([startMailServer(login), startMailServer()]);
  });
  afterAll(() => Promise.all([guarded.stop(), open.stop()]));

  const channel = (server: MailServer, smtp: object) =>
    emailChannel.parse({
      ...{ kind: 'email', to: ['ops@firma.example', 'jana@firma.example'], from: 'kontaktor@firma.example' },
      smtp: { host: 'localhost', port: server.port, ...smtp },
    });
  const message = { subject: '[Kontaktor] Upozornění: Připojení Ecomail', text: 'Příliš žluťoučký kůň' };
  const send = (server: MailServer, smtp: object, password?: string, allowPrivate = true, ca: string | undefined = guarded.ca) =>
    sendEmail({ channel: channel(server, smtp), password, message, id: 'd-1' }, { allowPrivate, timeoutMs: 5000, ...(ca && { ca }) });

  it('[F14] goes over STARTTLS, with user and password, in Czech, to all addresses', async () => {
    expect(await send(guarded, { user: login.user }, login.password)).toEqual({ ok: true });
    const [mail] = guarded.received;
    expect(mail).toMatchObject({
      encrypted: true,
      user: 'kontaktor',
      from: 'kontaktor@firma.example',
      to: ['ops@firma.example', 'jana@firma.example'],
    });
    expect(mail?.text).toMatch(/^Message-ID: <d-1@kontaktor>$/im);
    expect(mail?.text).toMatch(/^Auto-Submitted: auto-generated$/im);
    expect(mail?.text).toContain(Buffer.from('Příliš').toString('base64').slice(0, 6));
  });

  it('[F14] is not sent where the password is wrong, the certificate is of nobody known, or STARTTLS is missing', async () => {
    const problems = [
      await send(guarded, { user: login.user }, 'wrong-password'),
      await send(guarded, { user: login.user }, login.password, true, ''),
      await send(open, {}),
    ];
    expect(problems).toMatchObject([
      { ok: false, problem: expect.stringContaining('the password is wrong') },
      { ok: false, problem: expect.stringMatching(/certificate/) },
      { ok: false, problem: expect.stringMatching(/STARTTLS|upgrade/i) },
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/wrong-password|right-password/);
    expect(open.received).toEqual([]);
    expect(await send(open, { security: 'none' })).toEqual({ ok: true });
  });

  it('[F14] goes to no server in a private network where that is not allowed', async () => {
    for (const host of ['localhost', '127.0.0.1'])
      expect(await send(open, { host, security: 'none' }, undefined, false)).toEqual({
        ...{ ok: false, gone: false, problem: 'the mail server is in a private network' },
      });
    expect(open.received).toHaveLength(1);
  });
});

describe('JSON over HTTP', () => {
  let receiver: AlertReceiver;
  beforeAll(async () => (receiver = await startAlertReceiver()));
  afterAll(() => receiver.stop());

  const post = (allowPrivate = true, url = receiver.url) => postJson(url, '{}', { allowPrivate, timeoutMs: 300 });

  it('[F14] what the receiver answers decides; it is given time, but not for ever', async () => {
    receiver.manners.push(204, 301, 404, 410, 503, 'silence');
    const answers = [await post(), await post(), await post(), await post(), await post(), await post()];
    expect(answers).toEqual([
      { ok: true },
      ...[301, 404].map((status) => ({ ok: false, gone: false, problem: `it answered ${status}` })),
      { ok: false, gone: true, problem: 'it answered 410' },
      { ok: false, gone: false, problem: 'it answered 503' },
      { ok: false, gone: false, problem: 'it did not answer within 0.3 s' },
    ]);
  });

  it('[F14] nothing is sent into a private network where that is not allowed, by address or by name', async () => {
    receiver.received.length = 0;
    const { port } = new URL(receiver.url);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:7f00:1]'])
      expect(await post(false, `http://${host}:${port}/`)).toEqual({
        ok: false,
        gone: false,
        problem: 'the address is in a private network',
      });
    expect(receiver.received).toEqual([]);
  });
});
