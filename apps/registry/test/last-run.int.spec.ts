import { eventually } from '@kontaktor/testing';
import { approve, planOf, waitingRun } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const rejected = { outcome: 'failed', failure: { kind: 'item-rejected', message: 'no', attempts: 1 } } as const;

describe('the last run of a link, and what a plan warns of', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  /** Two people of ours and one who was there before us, tag and all. */
  async function retiring(): Promise<Scenario> {
    const s = await Scenario.begin(world);
    s.mail.put('p3@firma.cz', { tags: ['by hand'] });
    for (const id of [1, 2, 3]) s.crm.person(id, `p${id}@firma.cz`);
    await s.run();
    await s.link({ version: 2, retiring: true });
    return s;
  }

  it('[F6][F7] it takes out what the link put there and nothing else, when its plan is approved; the source is not asked', async () => {
    const s = await retiring();
    s.readEnd = { crm: { complete: false, problem: 'the CRM is gone' } };
    const runId = await waitingRun(s);
    const plan = await planOf(s, runId);
    expect(plan).toMatchObject({ counts: { remove: 3, create: 0 }, items: [{ reason: { code: 'link.retiring' } }, {}, {}] });
    expect(await approve(s, runId)).toMatchObject({ refusal: null });
    expect(await s.ended(runId)).toMatchObject({ state: 'done', problem: null, counts: { removed: 3 } });
    await s.settled();
    expect(['p1', 'p2', 'p3'].map((name) => s.mail.status(`${name}@firma.cz`))).toEqual(['unsubscribed', 'unsubscribed', 'subscribed']);
    expect(s.mail.at('p3@firma.cz').tags).toEqual(['by hand']);
    expect(s.progress.at(-1)).toMatchObject({ state: 'done', mode: 'full', linkVersion: 2 });
  });

  it('[F6][F7] it is made, approved and carried out also while the source is switched off', async () => {
    const s = await retiring();
    await s.connection('crm', 'oneclick', 2, false);
    await eventually(async () =>
      expect(await s.query('SELECT 1 FROM connections WHERE workspace_id = $1 AND NOT enabled')).toHaveLength(1),
    );
    const runId = await waitingRun(s);
    expect(await approve(s, runId)).toMatchObject({ refusal: null });
    expect(await s.ended(runId)).toMatchObject({ state: 'done', problem: null, counts: { removed: 3 } });
  });

  it('[F6] when somebody could not be taken out it says so, and the next run tries again', async () => {
    const s = await retiring();
    s.mail.refuse = ({ address }) => (address === 'p1@firma.cz' ? rejected : undefined);
    const runId = await waitingRun(s);
    await approve(s, runId);
    expect(await s.ended(runId)).toMatchObject({ state: 'done', problem: expect.stringContaining('1 person could not be taken out') });
    s.mail.refuse = () => undefined;
    const again = await waitingRun(s);
    await approve(s, again);
    expect(await s.ended(again)).toMatchObject({ state: 'done', problem: null, counts: { removed: 1 } });
  });

  it('[F9] a plan warns when the destination would have more people than the user’s plan there allows', async () => {
    const s = await Scenario.begin(world, { contactLimit: 2 });
    s.mail.put('stranger@jinde.cz');
    s.crm.person(1, 'p1@firma.cz');
    expect((await s.run('dry')).warnings).toEqual([]);
    s.crm.person(2, 'p2@firma.cz');
    const view = await s.run('dry');
    expect(view.warnings).toEqual([expect.stringContaining('would have 3 people (1 now, 2 new): more than the 2')]);
    expect((await planOf(s, view.runId)).warnings).toEqual(view.warnings);
  });
});
