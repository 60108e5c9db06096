import { ecomail } from '@kontaktor/adapter-ecomail';
import { contactObserved, contactSynced, readFinished, type ContactSynced, type StateWriteRequested } from '@kontaktor/contracts';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator } from '@kontaktor/simulator-ecomail';
import { eventually } from '@kontaktor/testing';
import { startAdapterWorld, type AdapterWorld } from './adapter-world';

const place = 'list/1';
const nothing = {
  ...{ create: false, subscribe: [], comeBack: [], unsubscribe: [], addTags: [], removeTags: [], fields: {}, delete: false },
};

const { push } = ecomail;
if (push === undefined) throw new Error('Ecomail is a destination');

describe('delivering to a destination', () => {
  let mail: EcomailSimulator;
  let world: AdapterWorld;
  /** What each operation in turn waits for before its answer is heard; with none left it is heard at once. */
  let answering: Promise<void>[];
  const slowly = <Operation extends (typeof push.operations)[string]>(operation: Operation): Operation => ({
    ...operation,
    run: async (...asked: Parameters<Operation['run']>) => {
      const heard = answering.shift();
      const answers = await operation.run(asked[0], asked[1]);
      await heard;
      return answers;
    },
  });
  const operations = Object.fromEntries(Object.entries(push.operations).map(([name, operation]) => [name, slowly(operation)]));

  beforeEach(async () => {
    mail = await startEcomailSimulator({ account: () => sampleEcomailAccount({ own: 10 }) });
    answering = [];
    // A reading is early for as long as a test may take: whoever needs a later one moves the moment.
    world = await startAdapterWorld({ adapter: { ...ecomail, readLagMs: 60_000, push: { ...push, operations } } });
    await world.connect('mail', { baseUrl: mail.baseUrl, apiKey: mail.account().key });
  });
  afterEach(async () => {
    await world.stop();
    await mail.stop();
  });

  const base = (id: string, address: string, version: number) => ({
    ...{ kind: 'state' as const, connectionId: 'mail', provider: 'ecomail', remotePersonId: id, version, priority: 'normal' as const },
    ...{ address, linkId: 'newsletter' },
  });
  const create = (id: string, version = 1): StateWriteRequested => ({
    ...base(id, `${id}@new.example`, version),
    ...{ runId: 'run-1', remoteId: null, there: { known: false, tags: [], places: {} } },
    want: { ...nothing, create: true, subscribe: [place], addTags: ['newsletter'], fields: { firstName: `Jana ${version}` } },
  });
  const known = (
    address: string,
    want: Partial<StateWriteRequested['want']>,
    more: Partial<StateWriteRequested> = {},
  ): StateWriteRequested => ({
    ...base(address, address, 1),
    ...{ remoteId: address, there: { known: true, tags: [], places: { [place]: 'subscribed' } }, want: { ...nothing, ...want } },
    ...more,
  });
  const optOut = (address: string) => known(address, { unsubscribe: [place] }, { priority: 'opt-out' });
  const outcomes = async () =>
    new Map((await world.published(contactSynced)).map((one): [string, ContactSynced] => [`${one.remotePersonId} ${one.version}`, one]));
  const outcome = (id: string, version = 1, of: (found: ContactSynced) => boolean = () => true) =>
    eventually(async () => {
      const found = (await world.published(contactSynced)).find((one) => one.remotePersonId === id && one.version === version && of(one));
      if (found === undefined) throw new Error(`no outcome of ${id} ${version}`);
      return found;
    });
  const workLeft = () => world.database.query('SELECT target, attempts FROM work ORDER BY target');
  const statusOf = (address: string) => mail.book.get(address)?.lists['1']?.status;

  it('[A6] people of a run are created in one bulk call after one last look, and told with the calls it took', async () => {
    // The connection comes after its work, so that all of it is there when the first batch is taken.
    await world.write(Array.from({ length: 500 }, (_, index) => ({ ...create(`p${index}`), connectionId: 'later' })));
    await eventually(async () => expect(await workLeft()).toHaveLength(500));
    await world.connect('later', { baseUrl: mail.baseUrl, apiKey: mail.account().key });
    await eventually(async () => expect((await outcomes()).size).toBe(500));
    expect(mail.calls.get('POST /lists/:id/subscribe-bulk')).toBe(1);
    expect(world.registry.looks.map(({ items }) => items.length)).toEqual([500]);
    expect(new Set(world.registry.tokens)).toEqual(new Set([`Bearer ${world.serviceToken}`]));
    const told = [...(await outcomes()).values()];
    expect(new Set(told.map((one) => one.outcome))).toEqual(new Set(['done']));
    expect(told.flatMap(({ calls }) => calls ?? [])).toEqual([1]);
    expect(await workLeft()).toEqual([]);
    expect(mail.book.get('p7@new.example')).toMatchObject({ tags: ['newsletter'], fields: { name: 'Jana 1' } });
  });

  it('[F4] what the last look stops or finds superseded is not sent, and told so', async () => {
    world.registry.verdictOf = ({ remotePersonId }) =>
      remotePersonId === 'p1'
        ? { verdict: 'stop', reason: 'consent.opted-out' }
        : { verdict: 'superseded', reason: 'a newer state is wanted' };
    await world.write([create('p1'), create('p2')]);
    expect(await outcome('p1')).toMatchObject({ outcome: 'stopped', failure: { message: 'consent.opted-out' } });
    expect(await outcome('p2')).toMatchObject({ outcome: 'superseded' });
    expect(mail.book.get('p1@new.example') ?? mail.book.get('p2@new.example')).toBeUndefined();
    expect(await workLeft()).toEqual([]);
  });

  it('[F4] nobody is subscribed without a ticket of the gate, nor with one that ran out', async () => {
    const expired = { address: 'x', purpose: 'newsletter', expiresAt: new Date(Date.now() - 20_000).toISOString() };
    world.registry.verdictOf = ({ remotePersonId }) => ({ verdict: 'go', ...(remotePersonId === 'p1' ? {} : { ticket: expired }) });
    await world.write([create('p1'), create('p2')]);
    for (const id of ['p1', 'p2'])
      expect(await outcome(id)).toMatchObject({ outcome: 'failed', failure: { message: expect.stringContaining('ticket') } });
    expect(mail.calls.get('POST /lists/:id/subscribe-bulk')).toBeUndefined();
  });

  it('[F4] while the registry is away only opt-outs go on; the others follow when it is back, and no attempt is counted', async () => {
    world.registry.isAway = true;
    await world.write([create('p1'), optOut('vlastni.0@ecomail.example')]);
    expect(await outcome('vlastni.0@ecomail.example')).toMatchObject({ outcome: 'done', stamps: { 'place:list/1': expect.any(String) } });
    expect(statusOf('vlastni.0@ecomail.example')).toBe(2);
    // Opt-outs are looked at by themselves.
    const looked = () => world.registry.refused.map(({ items }) => items.map(({ remotePersonId }) => remotePersonId));
    await eventually(() => expect(looked()).toEqual(expect.arrayContaining([['p1'], ['vlastni.0@ecomail.example']])));
    await eventually(async () => {
      const put = await world.database.query("SELECT target, attempts FROM work WHERE due_at > now() + interval '1 second'");
      expect(put).toEqual([{ target: 'p1', attempts: 0 }]);
    });
    expect(statusOf('p1@new.example')).toBeUndefined();
    world.registry.isAway = false;
    await world.database.query('UPDATE work SET due_at = now()');
    expect(await outcome('p1')).toMatchObject({ outcome: 'done' });
  });

  it('[F12] one bad address in a batch fails alone', async () => {
    await world.write([create('p1'), { ...create('p2'), address: 'not an address' }, create('p3')]);
    expect(await outcome('p2')).toMatchObject({ outcome: 'failed', failure: { kind: 'item-rejected' } });
    expect([await outcome('p1'), await outcome('p3')].map((one) => one.outcome)).toEqual(['done', 'done']);
  });

  it('[F12] a 429 is waited out and not told; a second wish for the same person replaces the first', async () => {
    mail.faults.add({ kind: '429', route: 'POST /lists/:id/subscribe-bulk', times: 1, retryAfter: 600 });
    await world.write([create('p1')]);
    await eventually(() => expect(mail.calls.get('POST /lists/:id/subscribe-bulk')).toBe(1));
    await world.write([create('p1', 2)]);
    await eventually(async () => expect(await world.database.query('SELECT version FROM work')).toEqual([{ version: 2 }]));
    expect(mail.calls.get('POST /lists/:id/subscribe-bulk')).toBe(1);
    await eventually(async () => {
      // What the provider asked us to wait is over, also for a batch that is just put off.
      await world.database.query('UPDATE budgets SET window_start = now()');
      await world.database.query("UPDATE work SET due_at = now() - interval '1 minute'");
      expect((await outcomes()).get('p1 2')).toMatchObject({ outcome: 'done' });
    });
    expect(mail.book.get('p1@new.example')?.fields['name']).toBe('Jana 2');
    expect([...(await outcomes()).values()].map((one) => one.outcome)).toEqual(['done']);
  });

  it('[F12] a short failure is not told; one whose next attempt is a minute away is told with its time, and its success later', async () => {
    mail.faults.add({ kind: '500', route: 'POST /lists/:id/subscribe-bulk', times: 4 });
    await world.write([create('p1')]);
    const { outcome: told, failure } = await eventually(async () => {
      await world.database.query("UPDATE work SET due_at = now() WHERE due_at < now() + interval '30 seconds'");
      const [first] = (await outcomes()).values();
      if (first === undefined) throw new Error('nothing was told yet');
      return first;
    });
    expect({ told, kind: failure?.kind, attempts: failure?.attempts }).toEqual({
      told: 'failed',
      kind: 'provider-unavailable',
      attempts: 4,
    });
    expect(Date.parse(failure?.retryAt ?? '') - Date.now()).toBeGreaterThan(30_000);
    await world.database.query('UPDATE work SET due_at = now()');
    await outcome('p1', 1, (one) => one.outcome === 'done');
    expect(await workLeft()).toEqual([]);
  });

  it('[F12] a rejected key suspends the connection: what waits is told once and stays, and a check that succeeds lets it go on', async () => {
    const { key } = mail.account();
    mail.book.account.key = 'another-key-0000';
    await world.write([create('p1'), create('p2')]);
    for (const id of ['p1', 'p2']) expect(await outcome(id)).toMatchObject({ outcome: 'suspended' });
    await world.write([create('p3')]);
    expect(await outcome('p3')).toMatchObject({ outcome: 'suspended' });
    const resume = () =>
      fetch(`${world.service.url}/internal/connections/main/mail/resume`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.serviceToken}` },
      });
    expect((await resume()).status).toBe(422);
    expect((await world.published(contactSynced)).length).toBe(3);
    mail.book.account.key = key;
    expect(await (await resume()).json()).toEqual({ resumed: true });
    for (const id of ['p1', 'p2', 'p3']) await outcome(id, 1, (one) => one.outcome === 'done');
    expect(await workLeft()).toEqual([]);
  });

  it('[F12] when the answer of an unsubscription is lost, the provider is read before anything is tried again', async () => {
    mail.faults.add({ kind: 'lost-answer', route: 'DELETE /lists/:id/unsubscribe', times: 1 });
    const address = 'vlastni.0@ecomail.example';
    await world.write([optOut(address)]);
    await eventually(async () => expect(await workLeft()).toEqual([{ target: address, attempts: 1 }]));
    const [row] = await world.database.query("SELECT uncertain, due_at > now() + interval '50 seconds' AS waits FROM work");
    expect(row).toEqual({ uncertain: true, waits: true });
    await world.database.query('UPDATE work SET due_at = now()');
    expect(await outcome(address)).toMatchObject({ outcome: 'done' });
    const seen = (await world.published(contactObserved)).filter(({ remoteId }) => remoteId === address);
    expect(seen.map(({ record }) => record?.places[place]?.status)).toEqual(['unsubscribed']);
    expect(mail.calls.get('DELETE /lists/:id/unsubscribe')).toBe(1);
  });

  it('[F12] a batch whose lease ended is taken over as uncertain, and what its first worker says then is not kept', async () => {
    let answer = (): void => undefined;
    answering.push(new Promise((resolve) => (answer = resolve)));
    await world.write([create('p1')]);
    await eventually(() => expect(statusOf('p1@new.example')).toBe(1));
    await world.database.query('UPDATE batches SET held_until = now()');
    await world.write([create('p2')]);
    expect(await outcome('p2')).toMatchObject({ outcome: 'done' });
    answer();
    // A stop waits for what is in hand: then the first worker has said all it has to say.
    await world.restart();
    expect(await world.database.query('SELECT target, uncertain FROM work')).toEqual([{ target: 'p1', uncertain: true }]);
    expect([...(await outcomes()).keys()]).toEqual(['p2 1']);
    await world.database.query('UPDATE work SET due_at = now()');
    expect(await outcome('p1')).toMatchObject({ outcome: 'done' });
    expect((await world.published(contactSynced)).length).toBe(2);
    // The first one, the other person, and the first person again.
    expect(mail.calls.get('POST /lists/:id/subscribe-bulk')).toBe(3);
  });

  it('[F2] after a write of ours an early reading waits for the lag, and the next one is published once', async () => {
    const address = 'vlastni.0@ecomail.example';
    const read = async (readId: string) => {
      await world.read('mail', readId);
      await eventually(async () => expect((await world.published(readFinished)).map((one) => one.readId)).toContain(readId));
    };
    const about = async () => (await world.published(contactObserved)).filter(({ remoteId }) => remoteId === address);
    await read('r1');
    expect(await about()).toHaveLength(1);
    await world.write([known(address, { fields: { firstName: 'Ludmila' } })]);
    await outcome(address);
    await read('r2');
    expect(await about()).toHaveLength(1);
    await world.database.query("UPDATE seen SET not_before = now() - interval '1 second' WHERE not_before IS NOT NULL");
    await world.database.query('UPDATE rereads SET due_at = now()');
    await eventually(async () => expect(await about()).toHaveLength(2));
    expect((await about()).find(({ readId }) => readId === undefined)?.record?.fields['firstName']).toBe('Ludmila');
    await read('r3');
    expect(await about()).toHaveLength(2);
  });

  it('[F4] an opt-out in an early reading counts at once', async () => {
    const address = 'vlastni.0@ecomail.example';
    await world.read('mail', 'r1');
    await eventually(async () => expect(await world.published(readFinished)).toHaveLength(1));
    await world.write([known(address, { fields: { firstName: 'Ludmila' } })]);
    await outcome(address);
    const [list, membership] = [mail.book.list('1'), mail.book.get(address)?.lists['1']];
    if (list === undefined || membership === undefined) throw new Error('the sample has no such member');
    mail.book.setStatus(list, membership, 2);
    await world.read('mail', 'r2');
    await eventually(async () => {
      const seen = (await world.published(contactObserved)).filter((one) => one.remoteId === address && one.readId === 'r2');
      expect(seen.map(({ record }) => record?.places[place]?.status)).toEqual(['unsubscribed']);
    });
  });

  it('[F12] what an item’s first operation answered is not lost when its second one fails', async () => {
    const address = 'vlastni.0@ecomail.example';
    for (const route of ['PUT /lists/:id/update-subscriber', 'POST /lists/:id/subscribe'])
      mail.faults.add({ kind: '500', route, times: 1 });
    await world.write([known(address, { unsubscribe: [place], removeTags: ['newsletter'] })]);
    expect(await outcome(address)).toMatchObject({ outcome: 'done', stamps: { 'place:list/1': expect.any(String) } });
    expect(mail.faults.waiting).toHaveLength(1);
    expect(mail.calls.get('DELETE /lists/:id/unsubscribe')).toBe(1);
  });
});
