import { eventually } from '@kontaktor/testing';
import { approve, planOf, waitingRun } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('a registry that is stopped, cut or fed from all sides', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  async function members(): Promise<Scenario> {
    const s = await Scenario.begin(world);
    for (let id = 1; id <= 12; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    await s.run();
    for (let id = 1; id <= 4; id += 1) s.crm.edit(`person/${id}`, { tags: [] });
    for (let id = 13; id <= 16; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    s.mail.writes.length = 0;
    return s;
  }

  async function rightOnce(s: Scenario, runId: string): Promise<void> {
    expect(await s.ended(runId)).toMatchObject({
      state: 'done',
      counts: { removed: 4, created: 4, unchanged: 8, eligible: 12, failed: 0 },
    });
    await s.settled();
    expect(s.mail.writes).toHaveLength(8);
    expect(s.mail.violations).toEqual([]);
  }

  it.each(['requested', 'reading', 'planning', 'removing', 'upserting'])(
    '[F12] stopped while %s, a run ends right, nothing twice',
    async (state) => {
      const s = await members();
      s.holdReads = state === 'reading';
      s.holdWrites = state === 'removing' || state === 'upserting';
      const runId = await s.ask();
      if (s.holdReads || s.holdWrites) await s.inState(runId, state === 'upserting' ? 'removing' : state);
      if (state === 'upserting') {
        await eventually(() => expect(s.mail.waiting).toBe(4));
        await s.writeNow();
        await s.inState(runId, 'upserting');
      }
      await world.restart();
      s.holdWrites = false;
      await s.readNow();
      await s.writeNow();
      await rightOnce(s, runId);
    },
  );

  it('[F7][F12] stopped while it waits for approval, a run still waits, and its plan is the one approved', async () => {
    const s = await members();
    await s.link({ version: 2, firstRun: 'approve' });
    const runId = await waitingRun(s);
    const { planHash } = await planOf(s, runId);
    await world.restart();
    await s.settled();
    expect(await s.view(runId)).toMatchObject({ state: 'awaiting-approval', planHash });
    await approve(s, runId);
    await rightOnce(s, runId);
  });

  it('[F12] cut off from its database again and again, a run ends right, nothing twice', async () => {
    const s = await members();
    s.perParcel = 2;
    const runId = await s.ask();
    for (let cut = 0; cut < 6; cut += 1) {
      await world.cutConnections();
      await eventually(() => world.isQuiet().catch(() => expect('the pool').toBe('back')));
    }
    await rightOnce(s, runId);
  });

  it('[F3][F12] four partitions at once that meet at the same people, from both ends, lose nothing', async () => {
    const s = await Scenario.begin(world, { sharedAddress: 'first' });
    await s.run();
    s.perParcel = 20;
    for (let id = 1; id <= 300; id += 1) {
      s.crm.person(id, `p${id % 97}@firma.cz`);
      s.mail.put(`p${id % 97}@firma.cz`, { tags: ['by hand'] });
    }
    await Promise.all([s.tellCrm(), s.tellMail(), s.ask()]);
    await s.settled();
    for (let id = 1; id <= 300; id += 1)
      s.crm.edit(`person/${id}`, { slots: [{ key: `record/${id}`, address: `p${(id * 7) % 101}@firma.cz` }] });
    for (const address of s.mail.people.keys()) s.mail.at(address).tags.push('more');
    await Promise.all([s.tellCrm(), s.tellMail(), s.ask()]);
    await s.settled();
    await s.run();
    await s.run();
    const wanted = new Set(Array.from({ length: 300 }, (_, index) => `p${((index + 1) * 7) % 101}@firma.cz`));
    for (const address of wanted) expect([address, s.mail.at(address).tags.includes('newsletter')]).toEqual([address, true]);
    for (const [address, { tags }] of s.mail.people)
      if (!wanted.has(address)) expect([address, tags]).toEqual([address, ['by hand', 'more']]);
    expect(await world.database.query('SELECT reason FROM dead_letters')).toEqual([]);
  });
});
