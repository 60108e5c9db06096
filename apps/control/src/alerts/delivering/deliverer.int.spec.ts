import { Webhook } from 'standardwebhooks';
import { startAlertReceiver, type AlertReceiver } from '../../../test/alert-receiver';
import { startMailServer, type MailServer } from '../../../test/mail-server';
import { startControl, type StartedControl } from '../../../test/start-control';
import type { Observation } from '../watching/observation';
import { watchWorkspace } from '../watching/watch-workspace';
import { Deliverer } from './deliverer';

// The service's own watch looks once, at its start, and no more: these tests say what is seen, and when.
process.env['KONTAKTOR_WATCH'] = '3600';

const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** A time that the service's own loops do not come to. */
const start = new Date('2090-03-02T08:00:00Z').getTime();

let control: StartedControl;
let receiver: AlertReceiver;
let mails: MailServer;
let now = start;
let deliverer: Deliverer;

beforeAll(async () => {
  [receiver, mails] = await Promise.all([startAlertReceiver(), startMailServer()]);
  control = await startControl();
  deliverer = anotherDeliverer();
});
afterAll(async () => {
  await control.stop();
  await Promise.all([receiver.stop(), mails.stop()]);
});
beforeEach(async () => {
  now += 1000 * hour;
  await control.database.query('DELETE FROM alert_states');
  await control.database.query('DELETE FROM alerts');
  await control.database.query('DELETE FROM alert_channels');
  receiver.manners.length = receiver.received.length = mails.received.length = 0;
});

/** Patient enough for a busy machine; one answer of these tests never comes. */
const anotherDeliverer = () =>
  new Deliverer(control.service.context, { clock: () => new Date(now), baseUrl: () => 'https://k.example', timeoutMs: 4000 });
const hook = (over: object = {}) => ({ kind: 'webhook', url: `${receiver.url}/hook`, secret, ...over });
const channels = (given: object) => control.call('POST', 'apply', { body: { alerts: { channels: given } } });
const failedRun = (bad: boolean): Observation => ({
  ...{ condition: 'run-failed', objectId: 'newsletter', signal: { kind: bad ? 'bad' : 'well' } },
  detail: { name: 'Newsletter', problem: 'the key of jana@firma.cz was rejected' },
});
const see = (...observations: readonly Observation[]) =>
  control.database.transaction((tx) => watchWorkspace(tx, 'main', observations, new Date(now)));
const later = async (ms: number): Promise<void> => {
  now += ms;
  while (await deliverer.runOnce());
};
/** Recovery is told a minute after. */
const recover = async (): Promise<void> => {
  await see(failedRun(false));
  now += minute;
  await see(failedRun(false));
};
const verified = () =>
  receiver.received
    .filter(({ path }) => path === '/hook')
    .map(({ text, headers }) => Object(new Webhook(secret).verify(text, { ...Object(headers) })));
const typesOf = () => receiver.received.map(({ text }) => JSON.parse(text).type);
const deliveries = async (): Promise<Record<string, unknown>[]> => {
  const [alert] = Object((await control.call('GET', 'alerts?state=all')).body['alerts']);
  return Object((await control.call('GET', `alerts/${alert.alertId}`)).body['deliveries']);
};
const withClock = async (check: () => void | Promise<void>): Promise<void> => {
  // The library accepts signatures of the last minutes only.
  jest.useFakeTimers({ now, doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
  await check();
  jest.useRealTimers();
};

describe('what is raised', () => {
  it('[F14] is told by webhook, mail and chat, once, without addresses of people; recovery is told too', async () => {
    const smtp = { host: '127.0.0.1', port: mails.port, security: 'none' };
    await channels({
      hook: hook(),
      ops: { kind: 'email', to: ['ops@firma.example'], from: 'kontaktor@firma.example', smtp, language: 'cs' },
      chat: { kind: 'chat', url: `${receiver.url}/chat` },
      off: { kind: 'chat', url: `${receiver.url}/off`, enabled: false },
    });
    for (let round = 0; round < 3; round += 1) await see(failedRun(true));
    await later(0);
    await withClock(() => {
      expect(verified()).toMatchObject([
        {
          type: 'alert.raised',
          data: {
            ...{
              condition: 'run-failed',
              rule: 'everything',
              object: { kind: 'link', id: 'newsletter', name: 'Newsletter' },
              recoveredAt: null,
            },
            ...{ problem: 'the key of [address] was rejected', url: 'https://k.example/api/v1/runs?link=newsletter' },
          },
        },
      ]);
    });
    const [chat] = receiver.received.filter(({ path }) => path === '/chat');
    expect(Object.keys(JSON.parse(chat?.text ?? ''))).toEqual(['text']);
    expect(mails.received).toMatchObject([{ to: ['ops@firma.example'] }]);
    await recover();
    await later(0);
    expect(typesOf().filter((type) => type !== undefined)).toEqual(['alert.raised', 'alert.recovered']);
    expect(mails.received).toHaveLength(2);
    expect(receiver.received.filter(({ path }) => path === '/chat')).toHaveLength(2);
    expect(receiver.received.filter(({ path }) => path === '/off')).toEqual([]);
    expect(JSON.stringify([receiver.received, mails.received])).not.toContain('jana@');
    expect((await control.call('GET', 'alerts')).body).toEqual({ alerts: [], next: null });
  });

  it('[F14] is tried again by the schedule of Svix under one id, and recovery waits until it came through', async () => {
    await channels({ hook: hook() });
    receiver.manners.push(500, 'silence', 503);
    await see(failedRun(true));
    await later(0);
    await recover();
    await later(-minute + 5 * second - 1);
    expect(receiver.received).toHaveLength(1);
    await later(1);
    expect(receiver.received).toHaveLength(2);
    expect(await deliveries()).toMatchObject([
      { kind: 'raised', state: 'waiting', attempts: 2, problem: 'it did not answer within 4 s' },
      { kind: 'recovered', state: 'waiting', attempts: 0 },
    ]);
    await later(5 * minute);
    await later(30 * minute);
    expect(typesOf()).toEqual(['alert.raised', 'alert.raised', 'alert.raised', 'alert.raised', 'alert.recovered']);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids.slice(0, 4)).size).toBe(1);
    expect(new Set(ids).size).toBe(2);
    expect(Object((await control.call('GET', 'alert-channels/hook')).body)).toMatchObject({ failingSince: null, waiting: 0 });
  });

  it('[F14] is given up after the eighth attempt, and seen to be', async () => {
    await channels({ hook: hook() });
    receiver.manners.push(...Array.from({ length: 8 }, () => 500));
    await see(failedRun(true));
    for (const wait of [0, 5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour]) await later(wait);
    expect(receiver.received).toHaveLength(8);
    await later(100 * hour);
    expect(receiver.received).toHaveLength(8);
    expect(await deliveries()).toMatchObject([{ kind: 'raised', state: 'given-up', attempts: 8, problem: 'it answered 500', dueAt: null }]);
  });

  it('[F14] goes on to the others when a receiver is gone (410), which is disabled and told of by them', async () => {
    await channels({ hook: hook(), chat: { kind: 'chat', url: `${receiver.url}/chat` } });
    await see(failedRun(true));
    receiver.manners.push(410, 410);
    await later(0);
    const disabled = (await Promise.all(['hook', 'chat'].map(async (id) => (await control.call('GET', `alert-channels/${id}`)).body))).map(
      (body) => body['disabled'],
    );
    expect(disabled).toMatchObject([{ because: expect.stringContaining('410') }, { because: expect.stringContaining('410') }]);
    await control.call('POST', 'alert-channels/chat/enable');
    receiver.received.length = 0;
    await see(failedRun(true), {
      ...{ condition: 'channel-disabled', objectId: 'hook', signal: { kind: 'bad' }, detail: { name: 'hook', problem: 'it answered 410' } },
    });
    await later(0);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/chat']);
    expect(receiver.received[0]?.text).toContain('The alert channel hook was disabled');
  });

  it('[F14] disables a channel to which nothing came through for five days', async () => {
    await channels({ hook: hook() });
    receiver.manners.push(...Array.from({ length: 20 }, () => 500));
    await see(failedRun(true));
    await later(0);
    await later(4 * 24 * hour);
    expect((await control.call('GET', 'alert-channels/hook')).body).toMatchObject({ disabled: null, failingSince: expect.any(String) });
    await later(24 * hour);
    expect((await control.call('GET', 'alert-channels/hook')).body).toMatchObject({
      disabled: { because: expect.stringContaining('nothing came through for 5 days') },
    });
    await later(0);
    expect(await deliveries()).toMatchObject([{ state: 'given-up', problem: expect.stringContaining('5 days') }]);
  });

  it('[F14] is delivered once by two replicas, and told again while it lasts unless it is taken on or snoozed', async () => {
    await channels({ hook: hook() });
    await see(failedRun(true));
    const others = [anotherDeliverer(), anotherDeliverer()];
    await Promise.all(others.map((one) => one.runOnce()));
    expect(typesOf()).toEqual(['alert.raised']);
    now += 24 * hour;
    await see(failedRun(true));
    await later(0);
    expect(typesOf()).toEqual(['alert.raised', 'alert.reminder']);
    const [alert] = Object((await control.call('GET', 'alerts')).body['alerts']);
    const snoozed = await control.call('POST', `alerts/${alert.alertId}/snooze`, {
      body: { until: new Date(now + 48 * hour).toISOString() },
    });
    expect(snoozed.body).toMatchObject({ state: 'open', snoozedUntil: expect.any(String) });
    now += 25 * hour;
    expect(await see(failedRun(true))).toBe(0);
    now += 24 * hour;
    expect(await see(failedRun(true))).toBe(1);
    expect((await control.call('POST', `alerts/${alert.alertId}/acknowledge`)).body).toMatchObject({ acknowledged: { by: 'token first' } });
    now += 1000 * hour;
    expect(await see(failedRun(true))).toBe(0);
    await recover();
    await later(0);
    expect(typesOf().at(-1)).toBe('alert.recovered');
    expect((await control.call('POST', `alerts/${alert.alertId}/acknowledge`)).status).toBe(409);
  });
});
