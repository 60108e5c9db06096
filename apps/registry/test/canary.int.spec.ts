import { approve } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const rejected = { outcome: 'failed', failure: { kind: 'item-rejected', message: 'the phone is too long', attempts: 1 } } as const;

describe('the canary of a first run', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  async function people(): Promise<Scenario> {
    const s = await Scenario.begin(world, { canary: 3 });
    for (let id = 1; id <= 8; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    return s;
  }

  it('[F9] the rest is not asked for before the first ones are confirmed; then it follows by itself', async () => {
    const s = await people();
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await s.settled();
    expect(s.mail.requests).toHaveLength(3);
    s.holdWrites = false;
    await s.writeNow();
    expect(await s.ended(runId)).toMatchObject({ state: 'done', counts: { created: 8, failed: 0 } });
    s.crm.person(9, 'p9@firma.cz');
    expect((await s.run()).counts).toMatchObject({ created: 1, unchanged: 8 });
  });

  it('[F9] when too many of them fail, the run stops and asks; approved, the rest follows and nothing is counted twice', async () => {
    const s = await people();
    s.mail.refuse = ({ address }) => (address === 'p2@firma.cz' ? rejected : undefined);
    const runId = await s.ask();
    const view = await s.inState(runId, 'awaiting-approval');
    expect(view).toMatchObject({ problem: expect.stringContaining('1 of the first 3'), counts: { created: 2, failed: 1 } });
    await s.settled();
    expect(s.mail.writes).toHaveLength(2);
    expect(await approve(s, runId)).toMatchObject({ refusal: null, runId });
    expect(await s.ended(runId)).toMatchObject({ state: 'done', counts: { eligible: 8, created: 7, failed: 1, unchanged: 0 } });
  });

  it('[F9][F12] a registry that is stopped while the canary flies goes on where it stood', async () => {
    const s = await people();
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await s.settled();
    await world.restart();
    await s.settled();
    expect(s.mail.requests).toHaveLength(3);
    s.holdWrites = false;
    await s.writeNow();
    expect(await s.ended(runId)).toMatchObject({ state: 'done', counts: { created: 8 } });
    expect(s.mail.writes).toHaveLength(8);
  });
});
