import { ecomail } from '@kontaktor/adapter-ecomail';
import { masterKeyFrom } from '@kontaktor/config';
import {
  campaignDelivered,
  contactObserved,
  contactSynced,
  createEvent,
  erasureReported,
  erasureRequested,
  personSuppressed,
  writeRequested,
  type StateWriteRequested,
  type WriteRequested,
} from '@kontaktor/contracts';
import { PersonKey } from '@kontaktor/privacy';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator } from '@kontaktor/simulator-ecomail';
import { eventually } from '@kontaktor/testing';
import { v7 as uuidv7 } from 'uuid';
import { startAdapterWorld, type AdapterWorld } from './adapter-world';

const key = new PersonKey(masterKeyFrom('ab'.repeat(32)));
const jana = 'vlastni.1@ecomail.example';
const petr = 'vlastni.2@ecomail.example';
const remotePersonId = uuidv7();

describe('erasing one person at a destination', () => {
  let mail: EcomailSimulator;
  let world: AdapterWorld;
  /** What the tool waits for before it shows a person. */
  let showing: Promise<void>;

  beforeEach(async () => {
    mail = await startEcomailSimulator({ account: () => sampleEcomailAccount({ own: 10 }) });
    showing = Promise.resolve();
    const get: typeof ecomail.pull.get = (context, id) => showing.then(() => ecomail.pull.get(context, id));
    world = await startAdapterWorld({ adapter: { ...ecomail, readLagMs: 100, pull: { ...ecomail.pull, get } } });
    await world.connect('mail', { baseUrl: mail.baseUrl, apiKey: mail.account().key });
  });
  afterEach(async () => {
    await world.stop();
    await mail.stop();
  });

  const order = (erasureId: string, version = 5): WriteRequested => ({
    ...{ kind: 'erase', connectionId: 'mail', provider: 'ecomail', remotePersonId, version, erasureId },
    person: key.seal(JSON.stringify({ address: jana, remoteId: jana, group: null }), `main/${erasureId}`),
  });
  const announce = async (erasureId: string): Promise<void> => {
    const person = { addresses: [jana], records: [{ connectionId: 'mail', remoteId: jana }] };
    const sealed = key.seal(JSON.stringify(person), `main/${erasureId}`);
    const hashes = key.hashesOf('main', person);
    await world.publish(erasureRequested, [{ erasureId, at: new Date().toISOString(), keyId: key.id, hashes, person: sealed }]);
  };
  const read = async (readId: string): Promise<void> => {
    await world.read('mail', readId);
    await eventually(async () =>
      expect(await world.database.query(`SELECT 1 FROM read_jobs WHERE read_id = $1 AND state = 'done'`, [readId])).toHaveLength(1),
    );
  };
  const state = (version: number): StateWriteRequested => ({
    ...{ kind: 'state', connectionId: 'mail', provider: 'ecomail', remotePersonId, version, priority: 'normal', address: jana },
    ...{ remoteId: jana, there: { known: true, tags: [], places: { 'list/1': 'subscribed' } } },
    want: {
      ...{ create: false, subscribe: [], comeBack: [], unsubscribe: [], addTags: [], removeTags: [], delete: false },
      fields: { firstName: 'Jana' },
    },
  });
  const outcomes = async () => (await world.published(contactSynced)).filter(({ kind }) => kind === 'erase');
  const reports = () => world.published(erasureReported);
  const deliveryStates = async () =>
    (await world.database.query<{ state: string }>('SELECT state FROM deliveries ORDER BY delivery_id')).map(({ state }) => state);
  /** Every text of the service's own tables. */
  const kept = async (): Promise<string> => {
    const tables = await world.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'adapter_ecomail' AND table_type = 'BASE TABLE'`,
    );
    const texts = await Promise.all(
      tables.map(async ({ name }) =>
        (await world.database.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)).map(({ row }) => row),
      ),
    );
    return texts.flat().join('\n').toLowerCase();
  };

  it('[F13] who is erased is gone at the tool after a reading proved it, and the outcome names nobody', async () => {
    expect(mail.book.get(jana)).toBeDefined();
    await world.write([order(uuidv7())]);
    await eventually(async () => expect(await outcomes()).toHaveLength(1));
    expect(mail.book.get(jana)).toBeUndefined();
    expect(mail.book.get(petr)).toBeDefined();
    const [outcome] = await outcomes();
    expect(outcome).toMatchObject({ outcome: 'done', remotePersonId, version: 5 });
    expect(JSON.stringify(outcome)).not.toContain('vlastni');
    expect(mail.calls.get('GET /subscribers/:email')).toBeGreaterThan(0);
    expect(await world.database.query('SELECT 1 FROM work')).toEqual([]);
  });

  it('[F13] somebody brought back by a call still on its way is erased again', async () => {
    let show = (): void => undefined;
    showing = new Promise((resolve) => (show = resolve));
    await world.write([order(uuidv7())]);
    await eventually(async () => expect(mail.book.get(jana)).toBeUndefined());
    const list = mail.book.list(1);
    if (list === undefined) throw new TypeError('no list');
    mail.book.write(list, jana, {}, { status: 1, createFields: false, overwrite: true });
    expect(mail.book.get(jana)).toBeDefined();
    show();
    await eventually(async () => expect(mail.book.get(jana)).toBeUndefined());
  });

  it('[F13] an erasure waits while the tool is down, and is carried out when it is back', async () => {
    mail.faults.add({ kind: '503', times: 2, retryAfter: 1 });
    await world.write([order(uuidv7())]);
    await eventually(async () => expect(await outcomes()).toMatchObject([{ outcome: 'done' }]));
    expect(mail.book.get(jana)).toBeUndefined();
  });

  it('[F13] a write that was asked for earlier does not bring an erased person back', async () => {
    const erasureId = uuidv7();
    world.registry.isAway = true;
    await world.write([state(4)]);
    await announce(erasureId);
    await world.write([order(erasureId)]);
    await world.write([state(3)]);
    await eventually(async () => expect(await outcomes()).toMatchObject([{ outcome: 'done' }]));
    await world.taken(writeRequested);
    world.registry.isAway = false;
    await eventually(async () => expect(await world.database.query('SELECT 1 FROM work')).toEqual([]));
    expect(mail.book.get(jana)).toBeUndefined();
  });

  it('[F13] everything the service kept of the person goes, others stay, and nothing is kept or told when the tool shows them again', async () => {
    await read(uuidv7());
    const event = (id: string, rcpt_to: string) => ({
      msys: { message_event: { type: 'delivery', event_id: id, timestamp: '1740000000', rcpt_to, rcpt_meta: {} } },
    });
    await world.webhook('mail', 'd-1', JSON.stringify([event('1', jana.toUpperCase()), event('2', petr)]));
    await world.webhook('mail', 'd-2', JSON.stringify([event('3', jana)]));
    await world.webhook('mail', 'd-3', `no JSON ${jana}`);
    await eventually(async () => expect(await deliveryStates()).toEqual(['done', 'done', 'unreadable']));
    expect(await kept()).toContain(jana);
    await announce(uuidv7());
    await eventually(async () => expect(await reports()).toHaveLength(1));
    expect((await reports())[0]?.removed).toMatchObject({ seen: 1, deliveries: 3, dead_letters: 1 });
    expect(await kept()).not.toContain(jana);
    expect(await kept()).toContain(petr);
    const told = (await world.published(contactObserved)).length;
    await read(uuidv7());
    await world.webhook('mail', 'd-4', JSON.stringify([event('4', petr)]));
    await eventually(async () => expect((await world.published(campaignDelivered)).map(({ eventId }) => eventId)).toContain('ecomail:4'));
    expect(await kept()).not.toContain(jana);
    expect(await world.published(contactObserved)).toHaveLength(told);
  });

  it('[F13] whom an administrator lets in again is seen again', async () => {
    const erasureId = uuidv7();
    await read(uuidv7());
    await announce(erasureId);
    await eventually(async () => expect(await reports()).toHaveLength(1));
    const lifted = { suppressed: false, since: new Date().toISOString(), erasureId, keyId: key.id };
    const hashes = [key.ofAddress('main', jana), key.ofRecord('main', 'mail', jana)];
    await world.publish(
      personSuppressed,
      hashes.map((hash) => ({ hash, ...lifted })),
    );
    await eventually(async () => expect(await world.database.query('SELECT 1 FROM suppressions')).toEqual([]));
    await read(uuidv7());
    expect(await kept()).toContain(jana);
    expect(createEvent(personSuppressed, { workspaceId: 'main' }, { hash: hashes[0] ?? '', ...lifted }).type).toBe('person.suppressed');
  });
});
