import { stopView } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { issue } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('all writes of a workspace stopped', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  const stop = (s: Scenario) => issue(s, { command: 'stop-writes', object: s.workspaceId });
  const goOn = (s: Scenario) => issue(s, { command: 'continue-writes', object: s.workspaceId });

  async function people(count: number): Promise<Scenario> {
    const s = await Scenario.begin(world);
    for (let id = 1; id <= count; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    return s;
  }

  it('[F5] work that is at the adapter already halts too, and goes on where it stood', async () => {
    const s = await people(3);
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await eventually(() => expect(s.mail.waiting).toBe(3));
    expect(await stop(s)).toMatchObject({ refusal: null });
    await s.writeNow();
    expect([s.mail.writes.length, s.mail.waiting]).toEqual([0, 3]);
    expect(stopView.parse((await world.get(`/internal/workspaces/${s.workspaceId}/stop`)).body)).toMatchObject({
      stopped: true,
      by: 'jana',
    });
    expect(await world.gauge('kontaktor_workspaces_stopped')).toBe(1);
    expect((await stop(s)).refusal).toMatchObject({ code: 'conflict' });
    await world.restart();
    expect(await goOn(s)).toMatchObject({ refusal: null });
    await s.writeNow();
    expect(await s.ended(runId)).toMatchObject({ state: 'done', counts: { created: 3 } });
    expect((await goOn(s)).refusal).toMatchObject({ code: 'conflict' });
    expect(await world.gauge('kontaktor_workspaces_stopped')).toBe(0);
  });

  it('[F5] a run that is planned meanwhile lets nothing out until it goes on', async () => {
    const s = await people(2);
    await stop(s);
    const runId = await s.ask();
    await s.inState(runId, 'removing');
    await s.settled();
    expect(s.mail.requests).toEqual([]);
    await goOn(s);
    expect(await s.ended(runId)).toMatchObject({ state: 'done', counts: { created: 2 } });
  });

  it('[F4][F5] changes between runs wait, opt-outs are told to the other tool all the same; other workspaces go on', async () => {
    const s = await people(2);
    const other = await people(1);
    await s.run();
    await other.run();
    await s.tellMail();
    await s.settled();
    await stop(s);
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    await s.tellCrm();
    s.mail.optOut('p2@firma.cz');
    await s.tellMail();
    other.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    await other.tellCrm();
    await eventually(() => expect(other.mail.at('p1@firma.cz').fields).toEqual({ firstName: 'Honza' }));
    await eventually(async () => expect(await s.reasonOf('record/2')).toBe('consent.opted-out'));
    expect(s.mail.at('p1@firma.cz').fields).toEqual({ firstName: 'Jan' });
    await eventually(async () => {
      const urgent = await s.query('SELECT slot_key FROM memberships WHERE workspace_id = $1 AND urgent AND due_at IS NOT NULL');
      expect(urgent).toEqual([]);
    });
    await goOn(s);
    await s.settled();
    expect(s.mail.at('p1@firma.cz').fields).toEqual({ firstName: 'Honza' });
  });
});
