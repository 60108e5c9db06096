import { oneclick } from '@kontaktor/adapter-oneclick';
import { contactObserved, readFinished } from '@kontaktor/contracts';
import { sampleOneclickAccount, startOneclickSimulator, type OneclickSimulator } from '@kontaktor/simulator-oneclick';
import { eventually } from '@kontaktor/testing';
import { startAdapterWorld, type AdapterWorld } from './adapter-world';

describe('an answer in another shape than the provider’s API has', () => {
  let crm: OneclickSimulator;
  let world: AdapterWorld;

  beforeEach(async () => {
    crm = await startOneclickSimulator({ account: () => sampleOneclickAccount({ contacts: 450 }) });
    world = await startAdapterWorld({ adapter: oneclick });
    await world.connect('crm', { baseUrl: crm.baseUrl, token: crm.account().token });
  });
  afterEach(async () => {
    await world.stop();
    await crm.stop();
  });

  const read = async () => {
    await world.read('crm', 'r1');
    return eventually(async () => {
      const [found] = await world.published(readFinished);
      if (found === undefined) throw new Error('the read has not ended');
      return found;
    });
  };
  const suspended = () => world.database.query('SELECT suspended_kind AS kind, suspended AS cause FROM connections');

  it.each([1, 2])('[F12][F17] that comes %s time(s) is asked for again, and the read is whole', async (times) => {
    crm.faults.add({ kind: 'wrong-type', route: 'GET /contacts', times });
    const { complete, published } = await read();
    expect(complete).toBe(true);
    expect(await world.published(contactObserved)).toHaveLength(published);
    expect([crm.faults.waiting, await suspended()]).toEqual([[], [{ kind: null, cause: null }]]);
  });

  it('[F14][F17] that stays ends the read and suspends the connection; it is told what was seen where', async () => {
    crm.faults.add({ kind: 'wrong-type', route: 'GET /contacts', times: 3 });
    const problem = '1CLICK answered a page of contacts in another shape than is known here: the answer is a text, not a group of fields';
    expect(await read()).toMatchObject({ complete: false, problem });
    expect(await suspended()).toEqual([{ kind: 'schema-drift', cause: problem }]);
  });
});
