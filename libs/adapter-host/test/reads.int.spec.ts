import { activityObserved, connectionTrouble, contactObserved, readFinished } from '@kontaktor/contracts';
import { oneclick } from '@kontaktor/adapter-oneclick';
import { sampleOneclickAccount, startOneclickSimulator, type OneclickSimulator } from '@kontaktor/simulator-oneclick';
import { eventually } from '@kontaktor/testing';
import { z } from 'zod';
import { startAdapterWorld, type AdapterWorld } from './adapter-world';

process.env['KONTAKTOR_POLL'] = '0.1';

describe('reading a source', () => {
  let crm: OneclickSimulator;
  let world: AdapterWorld;

  beforeEach(async () => {
    crm = await startOneclickSimulator({ account: () => sampleOneclickAccount({ contacts: 450 }) });
    world = await startAdapterWorld({ adapter: oneclick });
    await world.connect('crm', { baseUrl: crm.baseUrl, token: crm.account().token });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await world.stop();
    await crm.stop();
  });

  const finished = (readId: string) =>
    eventually(async () => {
      const found = (await world.published(readFinished)).find((one) => one.readId === readId);
      if (found === undefined) throw new Error(`read ${readId} has not ended`);
      return found;
    });
  const observed = async (readId?: string) => (await world.published(contactObserved)).filter((one) => one.readId === readId);
  const fullRead = async (readId: string, registryEpoch = 1) => {
    await world.read('crm', readId, { registryEpoch });
    return finished(readId);
  };

  it('[A4] a first read publishes everybody once, and says how many', async () => {
    const { published, seen, complete, calls } = await fullRead('r1');
    // One contact of the sample was merged into another: it is seen, and nobody knew it.
    expect({ published, complete }).toEqual({ published: seen - 1, complete: true });
    expect(calls).toBe([...crm.calls.values()].reduce((sum, count) => sum + count, 0));
    const records = await observed('r1');
    expect(records).toHaveLength(published);
    expect(new Set(records.map(({ remoteId }) => remoteId)).size).toBe(published);
  });

  it('[A4] a read without change publishes nothing and writes no row a contact', async () => {
    await fullRead('r1');
    const versions = () => world.database.query("SELECT md5(string_agg(xmin::text, ',' ORDER BY seen_no)) AS all FROM seen");
    const before = await versions();
    expect(await fullRead('r2')).toMatchObject({ published: 0, complete: true });
    expect(await versions()).toEqual(before);
    expect(await observed('r2')).toEqual([]);
  });

  it('[A4] the same request twice is one read', async () => {
    await fullRead('r1');
    await fullRead('r1');
    await fullRead('r2');
    expect((await world.published(readFinished)).map(({ readId }) => readId).sort()).toEqual(['r1', 'r2']);
  });

  it('[F3] what changed is published, and only that', async () => {
    await fullRead('r1');
    const contact = crm.book.get(1);
    if (contact === undefined) throw new Error('no contact 1');
    contact.name = 'Nová firma';
    crm.book.touch(contact);
    expect(await fullRead('r2')).toMatchObject({ published: 1 });
    expect((await observed('r2')).map(({ record }) => record?.fields['company'])).toEqual(['Nová firma']);
  });

  it('[F16] another epoch of the registry makes everybody news', async () => {
    const first = await fullRead('r1');
    expect((await fullRead('r2', 2)).published).toBe(first.published);
  });

  it('[F12] a service that stopped in mid read goes on from the page it had', async () => {
    crm.faults.add({ kind: 'slow', route: 'GET /contacts', times: 20, delayMs: 400 });
    await world.read('crm', 'r1');
    await eventually(async () => {
      const [job] = await world.database.query<{ seen: number }>('SELECT seen FROM read_jobs');
      expect(job?.seen).toBeGreaterThan(0);
    });
    await world.restart();
    crm.faults.clear();
    const { seen, published, complete } = await finished('r1');
    expect({ published, complete }).toEqual({ published: seen - 1, complete: true });
    expect(await observed('r1')).toHaveLength(published);
    // Three pages, and the one that was on the wire when the service stopped.
    expect(crm.calls.get('GET /contacts')).toBeLessThanOrEqual(4);
  });

  it('[F5] a page that fails for good makes the read incomplete, and nobody is gone', async () => {
    await fullRead('r1');
    await fullRead('r2');
    crm.faults.add({ kind: 'wrong-type', route: 'GET /contacts', times: 3 });
    expect(await fullRead('r3')).toMatchObject({ complete: false, published: 0, problem: expect.stringContaining('1CLICK') });
    const [missing] = await world.database.query('SELECT count(missing_at)::int AS rows FROM seen');
    expect(missing).toEqual({ rows: 0 });
  });

  it('[F5] [F14] a token that is no longer accepted suspends the connection, which is told with its cause; a changed connection lifts that', async () => {
    crm.faults.add({ kind: '401', times: 1 });
    expect(await fullRead('r1')).toMatchObject({ complete: false });
    const suspended = () => world.database.query('SELECT suspended IS NOT NULL AS yes FROM connections');
    expect(await suspended()).toEqual([{ yes: true }]);
    const answer = await fetch(`${world.service.url}/internal/connections/troubles`, {
      headers: { authorization: `Bearer ${world.serviceToken}` },
    });
    expect(z.array(connectionTrouble).parse(await answer.json())).toMatchObject([
      { workspaceId: 'main', suspended: { kind: 'credentials-rejected', since: expect.any(String) }, failing: false, lastWebhookAt: null },
    ]);
    await world.connect('crm', { baseUrl: crm.baseUrl, token: crm.account().token }, 2);
    await eventually(async () => expect(await suspended()).toEqual([{ yes: false }]));
    expect(await fullRead('r2')).toMatchObject({ complete: true });
  });

  /** Takes contacts away at the source, without a word about it. */
  const deleteByHand = (first: number) => {
    const account = crm.account();
    account.contacts = account.contacts.slice(first);
    crm.book.load(account);
  };

  it('[F5] whom a complete read does not show is looked at singly, and who is not there either is gone at once', async () => {
    await fullRead('r1');
    deleteByHand(1);
    expect(await fullRead('r2')).toMatchObject({ published: 1, complete: true });
    expect((await observed('r2')).map(({ remoteId, presence }) => [remoteId, presence])).toEqual([['person/2', 'gone']]);
    expect(await fullRead('r3')).toMatchObject({ published: 0 });
  });

  it('[F5] a page that was cut without a word takes nobody for gone: who is shown singly stays', async () => {
    await fullRead('r1');
    const records = oneclick.pull.records.bind(oneclick.pull);
    const cut = jest.spyOn(oneclick.pull, 'records').mockImplementation(async function* (...from) {
      for await (const { cursor, ...page } of records(...from)) {
        const left = page.records.slice(0, -20);
        yield { cursor, records: left, groups: left.flatMap(({ group }) => group ?? []) };
      }
    });
    for (const readId of ['r2', 'r3']) expect(await fullRead(readId)).toMatchObject({ published: 0, complete: true });
    cut.mockRestore();
    expect(crm.calls.get('GET /contacts/:id')).toBeGreaterThan(20);
    expect(await fullRead('r4')).toMatchObject({ published: 0, complete: true });
  });

  it('[F5] more people missing than can be looked at singly are gone after two complete reads, not after one', async () => {
    await fullRead('r1');
    deleteByHand(200);
    const looks = crm.calls.get('GET /contacts/:id') ?? 0;
    const { missing, ...ended } = await fullRead('r2');
    expect(ended).toMatchObject({ published: 0, complete: true });
    expect(missing).toBeGreaterThan(100);
    expect(crm.calls.get('GET /contacts/:id') ?? 0).toBe(looks);
    const second = await fullRead('r3');
    expect([second.published, second.missing]).toEqual([missing, undefined]);
    expect(new Set((await observed('r3')).map(({ presence }) => presence))).toEqual(new Set(['gone']));
    expect(await fullRead('r4')).toMatchObject({ published: 0 });
  });

  it('[F5] who is asked for by name and was never seen here is told to be gone, piece by piece', async () => {
    await fullRead('r1');
    await world.read('crm', 'r2', { resend: ['contact/999999', 'person/2'], parts: ['', 'list/7'] });
    expect(await finished('r2')).toMatchObject({ complete: true });
    const told = (await observed('r2')).map(({ remoteId, part, presence }) => `${remoteId} ${part} ${presence}`);
    expect(told.sort()).toEqual(['contact/999999  gone', 'contact/999999 list/7 gone', 'person/2  present', 'person/2 list/7 gone']);
  });

  it('[F5] a read that shows nobody at all takes nobody for gone', async () => {
    await fullRead('r1');
    const account = crm.account();
    crm.book.load({ ...account, contacts: [] });
    for (const readId of ['r2', 'r3', 'r4']) expect(await fullRead(readId)).toMatchObject({ seen: 0, published: 0 });
  });

  it('[A4] named records are sent again whatever their hash', async () => {
    await fullRead('r1');
    await world.read('crm', 'r2', { resend: ['person/2'] });
    expect(await finished('r2')).toMatchObject({ complete: true, published: 1 });
    expect((await observed('r2')).map(({ remoteId }) => remoteId)).toEqual(['person/2']);
  });

  it('[D2] between runs a live source is asked for changes from where the full read ended', async () => {
    await world.link({ source: { connectionId: 'crm', provider: 'oneclick' }, mode: 'live', diary: false });
    await fullRead('r1');
    const contact = crm.book.get(1);
    if (contact === undefined) throw new Error('no contact 1');
    crm.book.hide(contact);
    const records = await eventually(async () => {
      const found = await observed();
      expect(found).toHaveLength(1);
      return found;
    });
    expect(records[0]).toMatchObject({ remoteId: 'person/2', presence: 'removed' });
  });

  it('[A10] entries of the diary are told once each, those of the team with their author', async () => {
    await world.link({ source: { connectionId: 'crm', provider: 'oneclick' }, mode: 'runs-only', diary: true });
    const told = () => world.published(activityObserved);
    const { diary } = crm.account();
    expect(diary.length).toBeGreaterThan(0);
    await eventually(async () => expect(await told()).toHaveLength(diary.length));
    const looks = crm.calls.get('GET /diary') ?? 0;
    await eventually(() => expect(crm.calls.get('GET /diary')).toBeGreaterThan(looks + 2));
    expect((await told()).map(({ author }) => author).sort()).toEqual(diary.map(({ author }) => author).sort());
  });
});
