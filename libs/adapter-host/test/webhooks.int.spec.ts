import { ecomail } from '@kontaktor/adapter-ecomail';
import { campaignDelivered, connectionChanged, contactObserved } from '@kontaktor/contracts';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator } from '@kontaktor/simulator-ecomail';
import { eventually } from '@kontaktor/testing';
import { startAdapterWorld, type AdapterWorld } from './adapter-world';

const { webhooks: ownWebhooks } = ecomail;
const askCampaign = ecomail.pull.campaign;
if (ownWebhooks === undefined || askCampaign === undefined) throw new Error('Ecomail sends webhooks of its campaigns');
const { parse } = ownWebhooks;

describe('webhooks of campaigns', () => {
  /** How the adapter reads deliveries: as it does, unless a test says otherwise. */
  let read: typeof parse;
  let mail: EcomailSimulator;
  let world: AdapterWorld;
  /** What the provider waits for before it tells of a campaign. */
  let answering: Promise<void>;
  let answer: () => void = () => undefined;
  let campaignId: string;

  beforeEach(async () => {
    mail = await startEcomailSimulator({ account: () => sampleEcomailAccount({ own: 10 }) });
    read = (delivery) => parse(delivery);
    answering = Promise.resolve();
    const campaign: typeof askCampaign = (context, id) => answering.then(() => askCampaign(context, id));
    const webhooks = { ...ownWebhooks, parse: (delivery: Parameters<typeof parse>[0]) => read(delivery) };
    world = await startAdapterWorld({ adapter: { ...ecomail, pull: { ...ecomail.pull, campaign }, webhooks } });
    campaignId = String(mail.newCampaign('Jaro 2026', 'Novinky na jaro').id);
  });
  afterEach(async () => {
    answer();
    await world.stop();
    await mail.stop();
  });

  const connect = () => world.connect('mail', { baseUrl: mail.baseUrl, apiKey: mail.account().key });
  const event = (id: string, type = 'delivery', rcptTo = 'vlastni.0@ecomail.example', campaign = campaignId) => ({
    msys: {
      message_event: {
        ...{ type, event_id: id, timestamp: '1772514012', rcpt_to: rcptTo, subject: 'Novinky na jaro' },
        rcpt_meta: { campaign_id: campaign },
      },
    },
  });
  const told = () => world.published(campaignDelivered);
  const internal = async (path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${world.serviceToken}`, 'content-type': 'application/json' };
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    return (await fetch(`${world.service.url}${path}`, init)).json();
  };
  const letterIds = async () =>
    (await world.database.query<{ id: string }>('SELECT id FROM dead_letters WHERE sent_again_at IS NULL')).map(({ id }) => id);
  const states = async () =>
    (await world.database.query<{ state: string }>('SELECT state FROM deliveries ORDER BY delivery_id')).map(({ state }) => state);

  it('[A9] each delivery becomes one event with title and address, however often and in whatever batches it comes', async () => {
    await connect();
    await world.webhook('mail', 'd1', JSON.stringify([event('1'), event('2'), event('1')]));
    await world.webhook('mail', 'd1', JSON.stringify([event('1'), event('2'), event('1')]));
    await eventually(async () => expect(await states()).toEqual(['done']));
    await world.webhook(
      'mail',
      'd2',
      JSON.stringify([event('2'), { msys: {} }, event('3'), { msys: { gen_event: { type: 'generation_failure' } } }]),
    );
    await eventually(async () => expect(await states()).toEqual(['done', 'done']));
    const events = await told();
    expect(events.map(({ eventId }) => eventId).sort()).toEqual(['ecomail:1', 'ecomail:2', 'ecomail:3']);
    expect(events[0]).toMatchObject({
      kind: 'delivered',
      address: 'vlastni.0@ecomail.example',
      campaign: { id: campaignId, title: 'Jaro 2026' },
    });
    expect(mail.calls.get('GET /campaigns/:id')).toBe(1);
  });

  it('[A9] a claimed delivery is held for seconds, longer only while its worker lives; one of a killed worker is told all the same, once', async () => {
    answering = new Promise((resolve) => (answer = resolve));
    await connect();
    await world.webhook('mail', 'd1', JSON.stringify([event('1')]));
    const lease = async () => {
      const [row] = await world.database.query<{ ends: Date; is_short: boolean }>(
        "SELECT due_at AS ends, due_at < now() + interval '15 seconds' AS is_short FROM deliveries WHERE claimed_by IS NOT NULL",
      );
      if (row === undefined) throw new Error('no delivery is claimed');
      return row;
    };
    const first = await eventually(lease);
    expect(first.is_short).toBe(true);
    await eventually(async () => expect((await lease()).ends.getTime()).toBeGreaterThan(first.ends.getTime()));
    await world.database.query("UPDATE deliveries SET claimed_by = 'a killed worker', due_at = now()");
    await eventually(async () =>
      expect(await world.database.query("SELECT 1 FROM deliveries WHERE claimed_by <> 'a killed worker'")).toHaveLength(1),
    );
    answer();
    await eventually(async () => expect(await states()).toEqual(['done']));
    expect(await told()).toHaveLength(1);
  });

  it('[A9] a body that is no batch is kept aside with what is wrong, and harms no other', async () => {
    await connect();
    for (const [id, body] of [
      ['d1', 'not JSON'],
      ['d2', '{"payload":{}}'],
      ['d3', '[]'],
    ] as const)
      await world.webhook('mail', id, body);
    await world.webhook('mail', 'd4', JSON.stringify([event('1')]));
    await eventually(async () => expect(await states()).toEqual(['unreadable', 'unreadable', 'done', 'done']));
    const problems = await world.database.query<{ problem: string }>("SELECT problem FROM deliveries WHERE state = 'unreadable'");
    expect(problems.every(({ problem }) => problem.length > 5)).toBe(true);
    expect(await told()).toHaveLength(1);
  });

  it('[A9][F10] entries that lack who, when or which are kept aside with what is wrong; their neighbours count, and nothing is told twice', async () => {
    await connect();
    const { msys } = event('2');
    const without = { msys: { message_event: { ...msys.message_event, event_id: undefined } } };
    const gestern = { msys: { message_event: { ...msys.message_event, timestamp: 'gestern' } } };
    await world.webhook('mail', 'd1', JSON.stringify([1, event('1'), null, without, { msys: {} }, gestern, event('3')]));
    await eventually(async () => expect(await states()).toEqual(['unreadable']));
    expect((await told()).map(({ eventId }) => eventId)).toEqual(['ecomail:1', 'ecomail:3']);
    const [letter] = await world.database.query<{ reason: string }>('SELECT reason FROM dead_letters');
    for (const part of ['entry 1: it is not', 'entry 3: it is not', 'entry 4: no usable event_id', 'entry 6: no usable timestamp'])
      expect(letter?.reason).toContain(part);
    expect(await internal('/internal/dead-letters/send-again', {})).toEqual({ applied: 1, stillDead: 0 });
    await eventually(async () => expect(await states()).toEqual(['unreadable']));
    expect(await told()).toHaveLength(2);
  });

  it('[F10] what is kept aside stands among the dead letters with what is wrong; sent again, it is read again', async () => {
    await connect();
    read = () => {
      throw new Error('Ecomail speaks in riddles\0');
    };
    await world.webhook('mail', 'd1', JSON.stringify([event('1')]));
    const letters = () => internal('/internal/dead-letters?workspaceId=main');
    const riddle = { topic: 'webhook.received', reason: 'Ecomail speaks in riddles', consumer: 'adapter-ecomail' };
    await eventually(async () => expect(await letters()).toEqual([expect.objectContaining(riddle)]));
    const sendAgain = () => internal('/internal/dead-letters/send-again', {});
    const [first] = await letterIds();
    expect(await sendAgain()).toEqual({ applied: 1, stillDead: 0 });
    await eventually(async () => expect(await letters()).toEqual([expect.objectContaining(riddle)]));
    expect(await letterIds()).not.toContain(first);
    read = (delivery) => parse(delivery);
    expect(await sendAgain()).toEqual({ applied: 1, stillDead: 0 });
    await eventually(async () => expect(await told()).toHaveLength(1));
    expect([await letters(), await states()]).toEqual([[], ['done']]);
    expect(await world.database.query('SELECT 1 FROM deliveries WHERE problem IS NOT NULL')).toEqual([]);
  });

  it('[A9] a NUL in a text of a delivery is left out, and the event is told', async () => {
    await connect();
    const body = JSON.stringify([event('1\0', 'delivery', 'vlastni.0@ecomail.example\0', '777777')]).replace(
      'jaro',
      String.raw`ja\u0000ro`,
    );
    await world.webhook('mail', 'd1', body);
    await eventually(async () => expect(await told()).toMatchObject([{ eventId: 'ecomail:1', campaign: { title: 'Novinky na jaro' } }]));
    expect(await told()).toMatchObject([{ address: 'vlastni.0@ecomail.example' }]);
  });

  it('[F12] a delivery that our own database refuses is kept aside at once, and harms no other', async () => {
    await connect();
    read = (delivery) => {
      const parsed = parse(delivery);
      return { ...parsed, events: parsed.events.map((one) => ({ ...one, eventId: one.eventId.replace('bad', '\0') })) };
    };
    await world.webhook('mail', 'd1', JSON.stringify([event('bad')]));
    await world.webhook('mail', 'd2', JSON.stringify([event('2')]));
    await eventually(async () => expect(await states()).toEqual(['unreadable', 'done']));
    const letters = await world.database.query('SELECT reason, attempts FROM dead_letters');
    expect(letters).toEqual([{ reason: expect.stringContaining('0x00'), attempts: 1 }]);
    expect(await told()).toMatchObject([{ eventId: 'ecomail:2' }]);
  });

  it('[A9] while the provider is away a delivery waits for the campaign’s title; nothing is lost', async () => {
    await connect();
    mail.faults.add({ kind: '503', route: 'GET /campaigns/:id', times: 1 });
    await world.webhook('mail', 'd1', JSON.stringify([event('1')]));
    await eventually(async () => expect(await told()).toMatchObject([{ campaign: { title: 'Jaro 2026' } }]));
    expect(mail.calls.get('GET /campaigns/:id')).toBe(2);
  });

  it('[A9] a campaign that the provider does not know is called by the mail’s subject', async () => {
    await connect();
    await world.webhook('mail', 'd1', JSON.stringify([event('1', 'delivery', 'a@b.example', '777777')]));
    await eventually(async () => expect(await told()).toMatchObject([{ campaign: { id: '777777', title: 'Novinky na jaro' } }]));
  });

  it('[F4] a complaint is told, and has the person’s record looked at, outside of any run', async () => {
    await connect();
    await world.webhook('mail', 'd1', JSON.stringify([event('1', 'spam_complaint')]));
    await eventually(async () => expect(await told()).toMatchObject([{ kind: 'complained' }]));
    const [record] = await eventually(async () => {
      const found = await world.published(contactObserved);
      expect(found).toHaveLength(1);
      return found;
    });
    expect(record).toMatchObject({ remoteId: 'vlastni.0@ecomail.example', presence: 'present' });
    expect(record).not.toHaveProperty('readId');
    await eventually(async () => expect(await world.database.query('SELECT 1 FROM rereads')).toEqual([]));
  });

  it('[A9] what comes before its connection is kept until it comes; a deleted connection takes all its rows along', async () => {
    await world.webhook('mail', 'd1', JSON.stringify([event('1')]));
    await eventually(async () => expect(await states()).toEqual(['waiting']));
    await connect();
    await eventually(async () => expect(await told()).toHaveLength(1));
    const gone = { connectionId: 'mail', name: 'mail', provider: 'ecomail', version: 2, enabled: false, deleted: true };
    await world.publish(connectionChanged, [{ ...gone, settings: {}, sealedSecrets: '', webhookSecretHashes: {} }]);
    await eventually(async () => expect(await states()).toEqual([]));
    expect(await world.database.query('SELECT 1 FROM connections UNION ALL SELECT 1 FROM told_events')).toEqual([]);
  });
});
