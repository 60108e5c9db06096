import { ecomail } from '@kontaktor/adapter-ecomail';
import { oneclick } from '@kontaktor/adapter-oneclick';
import { contactSynced, type StateWriteRequested, type WriteRequested } from '@kontaktor/contracts';
import { sampleEcomailAccount, startEcomailSimulator } from '@kontaktor/simulator-ecomail';
import { emptyOneclickAccount, startOneclickSimulator } from '@kontaktor/simulator-oneclick';
import { eventually } from '@kontaktor/testing';
import { startAdapterWorld, type AdapterWorld } from './adapter-world';
import { goWithTicket } from './fake-registry';

const at = '2026-03-02T08:15:00.000Z';
const place = 'list/1';
const nothing = {
  ...{ create: false, subscribe: [], comeBack: [], unsubscribe: [], addTags: [], removeTags: [], fields: {}, delete: false },
};

/** All writes of the workspace are stopped, as the registry says it: opt-outs alone go. */
const stopAll = (world: AdapterWorld): void => {
  world.registry.verdictOf = ({ urgent }) => (urgent === true ? goWithTicket() : { verdict: 'wait', reason: 'stopped' });
};
const putOff = (world: AdapterWorld, count: number): Promise<void> =>
  eventually(async () => {
    const rows = await world.database.query("SELECT attempts FROM work WHERE due_at > now() + interval '1 second'");
    expect(rows).toEqual(Array.from({ length: count }, () => ({ attempts: 0 })));
  });
const goOn = async (world: AdapterWorld): Promise<void> => {
  world.registry.verdictOf = goWithTicket;
  await world.database.query('UPDATE work SET due_at = now()');
};
const told = async (world: AdapterWorld) =>
  (await world.published(contactSynced)).map(({ kind, remotePersonId }) => [kind, remotePersonId]);

describe('an adapter while all writes are stopped', () => {
  it('[F4][F5] calls the provider for opt-outs alone, counts no attempt, and writes the rest when it goes on', async () => {
    const mail = await startEcomailSimulator({ account: () => sampleEcomailAccount({ own: 2 }) });
    const world = await startAdapterWorld({ adapter: ecomail });
    await world.connect('mail', { baseUrl: mail.baseUrl, apiKey: mail.account().key });
    stopAll(world);
    const leaves = 'vlastni.0@ecomail.example';
    const base = { kind: 'state' as const, connectionId: 'mail', provider: 'ecomail', version: 1 };
    const comes: StateWriteRequested = {
      ...{ ...base, remotePersonId: 'p1', priority: 'normal', remoteId: null, address: 'p1@new.example' },
      ...{ there: { known: false, tags: [], places: {} }, want: { ...nothing, create: true, subscribe: [place] } },
    };
    const optOut: StateWriteRequested = {
      ...{ ...base, remotePersonId: leaves, priority: 'opt-out', remoteId: leaves, address: leaves },
      ...{ there: { known: true, tags: [], places: { [place]: 'subscribed' } }, want: { ...nothing, unsubscribe: [place] } },
    };
    await world.write([comes, optOut]);
    await putOff(world, 1);
    await eventually(async () => expect(await told(world)).toEqual([['state', leaves]]));
    expect([mail.book.get(leaves)?.lists['1']?.status, mail.book.get('p1@new.example')]).toEqual([2, undefined]);
    await goOn(world);
    await eventually(() => expect(mail.book.get('p1@new.example')?.lists['1']?.status).toBe(1));
    await world.stop();
    await mail.stop();
  });

  it('[F5] puts no mark and no diary entry either, until it goes on', async () => {
    const crm = await startOneclickSimulator({ account: () => emptyOneclickAccount() });
    const world = await startAdapterWorld({ adapter: oneclick });
    await world.connect('crm', { baseUrl: crm.baseUrl, token: crm.account().token });
    stopAll(world);
    const base = { connectionId: 'crm', provider: 'oneclick', remotePersonId: 'record/1', version: 1 };
    const writes: WriteRequested[] = [
      { ...base, kind: 'mark', slotKey: 'record/1', system: 'ecomail', mark: { system: 'ecomail', at, what: 'Newsletter' } },
      {
        ...{ ...base, kind: 'activity', remotePersonId: 'ecomail:1', remoteId: 'contact/1' },
        activity: { externalId: 'ecomail:1', kind: 'campaign_delivered', at, text: 'Jaro', address: 'p1@new.example' },
      },
    ];
    await world.write(writes);
    await putOff(world, 2);
    const posts = () => [...crm.calls].filter(([route]) => route.startsWith('POST ')).length;
    expect([posts(), await told(world)]).toEqual([0, []]);
    await goOn(world);
    await eventually(async () => expect((await told(world)).map(([kind]) => kind).sort()).toEqual(['activity', 'mark']));
    expect(posts()).toBe(2);
    await world.stop();
    await crm.stop();
  });
});
