import { eventually } from './eventually';
import type { EcomailSimulator } from '../src';
import { call, startSample } from './call-ecomail';
import { startReceiver } from './webhook-receiver';

let ecomail: EcomailSimulator;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  [ecomail, receiver] = [await startSample(), await startReceiver()];
});
afterEach(() => Promise.all([ecomail.stop(), receiver.stop()]));

const admin = (path: string, body?: unknown) => call({ baseUrl: ecomail.adminUrl }, `POST ${path}`, body);
const saveHook = () => call(ecomail, 'POST /account/settings/webhook', { url: receiver.url });
const send = async (more: object = {}) =>
  (await admin('/campaigns', { title: 'Jaro 2026', subject: 'Novinky', list: 1, ...more })).body.campaign;
/** Events of the batches from one on: what stands around each, and what is in it. */
function eventsIn(from = 1): { readonly wrapper: string; readonly event: Readonly<Record<string, unknown>> }[] {
  const entries: { readonly msys: Readonly<Record<string, Record<string, unknown>>> }[] = receiver.received
    .slice(from)
    .flatMap(({ body }) => body);
  return entries.flatMap(({ msys }) => Object.entries(msys).map(([wrapper, event]) => ({ wrapper, event })));
}

describe('the account’s webhook', () => {
  it('[A9] gets a sample when it is saved, and each delivery of a campaign in SparkPost’s form', async () => {
    expect((await saveHook()).body).toEqual({ url: receiver.url });
    await eventually(() => expect(receiver.received[0]?.body).toEqual([{ msys: {} }]));
    const campaign = await send();
    await eventually(() => expect(receiver.received).toHaveLength(2));
    const deliveries = eventsIn().filter(({ event }) => event['type'] === 'delivery');
    expect(deliveries).toHaveLength(12);
    expect(deliveries[0]).toMatchObject({
      wrapper: 'message_event',
      event: {
        ...{ timestamp: expect.stringMatching(/^\d{10}$/), event_id: expect.stringMatching(/^\d+$/), rcpt_to: 'vlastni.0@ecomail.example' },
        ...{
          subject: 'Novinky',
          rcpt_meta: { campaign_id: String(campaign.id), subaccount: 'firma' },
          rcpt_tags: [],
          delv_method: 'esmtp',
        },
      },
    });
    expect(receiver.received[1]?.batchId).toMatch(/[0-9a-f-]{36}/);
  });

  it('[A9] is tried again, with the same batch id, until it answers 2xx', async () => {
    const [failing] = [await startReceiver(200, 500, 503)];
    await call(ecomail, 'POST /account/settings/webhook', { url: failing.url });
    await eventually(() => expect(failing.received).toHaveLength(1));
    const attempts = await ecomail.deliver([{ kind: 'delivery', email: 'a@b.cz', at: new Date(), campaignId: 1 }], 'batch-1');
    expect({ attempts, batch: failing.received[1]?.batchId, pending: ecomail.account().pendingBatches }).toEqual({
      ...{ attempts: 3, batch: 'batch-1', pending: [] },
    });
    await failing.stop();
  });

  it('[A9] may get a batch twice, or its events in another order, when that is switched on', async () => {
    await saveHook();
    await eventually(() => expect(receiver.received).toHaveLength(1));
    await admin('/faults', [{ kind: 'webhook-duplicate' }, { kind: 'webhook-shuffle' }]);
    const events = ['a@b.cz', 'c@d.cz'].map((email) => ({ kind: 'delivery' as const, email, at: new Date(), campaignId: 1 }));
    await ecomail.deliver(events, 'batch-2');
    expect(receiver.received.slice(1).map(({ batchId }) => batchId)).toEqual(['batch-2', 'batch-2']);
    expect(eventsIn()[0]?.event).toMatchObject({ rcpt_to: 'c@d.cz' });
  });

  it('[A9] opens and clicks are track events, unsubscriptions unsubscribe events, or all message events by a switch', async () => {
    await saveHook();
    const { id } = await send();
    const events = ['open', 'click', 'link_unsubscribe'].map((kind) => ({ kind, email: 'vlastni.0@ecomail.example', campaign: id }));
    await admin('/campaign-events', events);
    await eventually(() => expect(receiver.received).toHaveLength(3));
    expect(eventsIn(2).map(({ wrapper }) => wrapper)).toEqual(['track_event', 'track_event', 'unsubscribe_event']);
    ecomail.switches.allInMessageEvent = true;
    await admin('/campaign-events', events);
    await eventually(() => expect(eventsIn(3).map(({ wrapper }) => wrapper)).toEqual(Array.from({ length: 3 }, () => 'message_event')));
  });
});

describe('the list’s webhook', () => {
  const payload = (email: string, status: string, campaignId: number | null = null) => ({
    payload: { email, status, listId: 1, campaignId },
  });
  const bodies = () => receiver.received.map(({ body }) => body);

  it('[F4] tells of people who come by API and of work by hand, but not of unsubscriptions by API', async () => {
    await admin('/lists/1/status-webhook', { url: receiver.url });
    await call(ecomail, 'POST /lists/1/subscribe', { subscriber_data: { email: 'jana@firma.example' } });
    await call(ecomail, 'DELETE /lists/1/unsubscribe', { email: 'jana@firma.example' });
    await admin('/people', { action: 'resubscribe', email: 'jana@firma.example' });
    await admin('/people', { action: 'unsubscribe', email: 'jana@firma.example', list: 1 });
    const { id } = await send({ outcomes: { 'vlastni.0@ecomail.example': 'link_unsubscribe' } });
    await eventually(() => expect(bodies()).toHaveLength(4));
    const sorted = (all: object[]) => all.map((one) => JSON.stringify(one)).toSorted();
    expect(sorted(bodies())).toEqual(
      sorted([
        payload('jana@firma.example', 'SUBSCRIBED'),
        payload('jana@firma.example', 'SUBSCRIBED'),
        payload('jana@firma.example', 'UNSUBSCRIBED'),
        payload('vlastni.0@ecomail.example', 'UNSUBSCRIBED', id),
      ]),
    );
  });
});

describe('campaigns', () => {
  it('[A9] are a bare array with filters, and `log` is no campaign', async () => {
    const { id } = await send();
    expect((await call(ecomail, 'GET /campaigns?filters%5Bstatus%5D=3')).body).toEqual([
      expect.objectContaining({ id, title: 'Jaro 2026' }),
    ]);
    expect((await call(ecomail, 'GET /campaigns?filters[title]=zima')).body).toEqual([]);
    expect((await call(ecomail, `GET /campaigns/${id}`)).body).toMatchObject({ recepient_lists: [1], stats: { send: 12, delivered: 12 } });
    expect(await call(ecomail, 'GET /campaigns/log')).toMatchObject({
      ...{ status: 422, body: { errors: { id: ['The id must be a number.'] } } },
    });
  });

  it('[A9] count and log what became of each mail; a bounce and a complaint change the person’s status', async () => {
    const [bounced, angry] = ['vlastni.0@ecomail.example', 'vlastni.2@ecomail.example'];
    const { id } = await send({ outcomes: { [bounced]: 'bounce', [angry]: 'spam_complaint' } });
    const { body: detail } = await call(ecomail, `GET /campaigns/${id}/stats-detail?per_page=500`);
    expect(detail).toMatchObject({ total: 12, per_page: 100, next_page_url: null });
    expect(detail.subscribers[bounced]).toMatchObject({ send: 1, hard_bounce: 1, open: 0 });
    expect((await call(ecomail, `GET /campaigns/${id}/stats`)).body.stats).toMatchObject({ inject: 12, bounce: 1, spam: 1, delivery: 11 });
    const { body: log } = await call(ecomail, `GET /campaigns/${id}/log?events[]=hard_bounce&per_page=5`);
    expect(log).toMatchObject({
      total: 1,
      current_page: 1,
      last_page: 1,
      campaign_log: [{ event: 'hard_bounce', email: bounced, campaign_id: id }],
    });
    expect((await call(ecomail, 'GET /lists/1')).body.subscribers).toMatchObject({ subscribed: 10, hard_bounced: 4, complained: 4 });
    expect((await call(ecomail, `GET /campaigns/${id}/log?date_from=2026-02-01&date_to=2026-01-01`)).status).toBe(422);
    expect((await call(ecomail, `GET /subscribers/${bounced}/email-log`)).body).toMatchObject({ total: 2 });
    ecomail.switches.closedEmailLog = true;
    expect((await call(ecomail, `GET /subscribers/${bounced}/email-log`)).status).toBe(403);
  });

  it('[A9] one without mails has an empty map written as [], or as {} by a switch', async () => {
    const { id } = ecomail.newCampaign('x', 'y');
    expect((await call(ecomail, `GET /campaigns/${id}/stats-detail`)).body.subscribers).toEqual([]);
    ecomail.switches.emptyMapAsObject = true;
    expect((await call(ecomail, `GET /campaigns/${id}/stats-detail`)).body.subscribers).toEqual({});
  });

  it('[F9] an automation is triggered for one person, with or without a slash at the end', async () => {
    expect((await call(ecomail, 'GET /pipelines')).body[0]).toEqual({ id: 31, name: 'Uvítací série' });
    await call(ecomail, 'POST /pipelines/31/trigger/', { email: 'vlastni.0@ecomail.example' });
    expect((await call(ecomail, 'GET /pipelines/31/stats')).body.stats).toMatchObject({ triggered: 1, send: 0 });
    expect((await call(ecomail, 'GET /subscribers/vlastni.0@ecomail.example/automation-log')).body).toMatchObject({
      ...{ total: 1, automation_log: [{ pipeline_id: 31 }] },
    });
    ecomail.switches.wrapPipelines = true;
    expect((await call(ecomail, 'GET /pipelines')).body.data).toHaveLength(2);
  });
});
