import { peopleView, type PlanView, type RunView } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { approve, issue, planOf } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const ids = [1, 2, 3, 4, 5];
const addressOf = (id: number): string => `p${id}@firma.cz`;

describe('undoing a run', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  /** Five people whom a first run put there. */
  async function filled(): Promise<{ readonly s: Scenario; readonly run: RunView }> {
    const s = await Scenario.begin(world);
    for (const id of ids) s.crm.person(id, addressOf(id));
    const run = await s.run();
    expect(run).toMatchObject({ state: 'done', counts: { created: 5 } });
    return { s, run };
  }

  /** The undo of a run, once its plan waits. */
  async function planned(s: Scenario, runId: string, state = 'awaiting-approval'): Promise<string> {
    const answer = await issue(s, { command: 'undo', object: runId });
    expect(answer).toMatchObject({ refusal: null });
    const undoId = answer.runId ?? 'none';
    await s.inState(undoId, state);
    return undoId;
  }

  async function undone(s: Scenario, runId: string): Promise<RunView> {
    const undoId = await planned(s, runId);
    expect(await approve(s, undoId)).toMatchObject({ refusal: null });
    await s.ended(undoId);
    await s.settled();
    return s.view(undoId);
  }

  const told = ({ items }: PlanView) => items.map(({ slotKey, operation, reason }) => `${slotKey} ${operation} ${reason.code}`);
  const statuses = (s: Scenario) => ids.map((id) => s.mail.status(addressOf(id)) ?? 'nobody');
  const outOf = (s: Scenario) => statuses(s).filter((status) => status === 'unsubscribed').length;

  it('[F11] a first run is taken back, after its plan was approved and not before; the next run does not do it again', async () => {
    const { s, run } = await filled();
    const undoId = await planned(s, run.runId);
    expect(await s.view(undoId)).toMatchObject({
      mode: 'undo',
      undoes: run.runId,
      counts: { planned: { create: 0, update: 0, remove: 5 } },
    });
    const plan = await planOf(s, undoId);
    expect(plan).toMatchObject({ counts: { remove: 5, kept: 0, irreversible: 0 } });
    expect(told(plan)).toEqual(ids.map((id) => `record/${id} remove undo.taken-out`));
    expect(plan.items[0]).toMatchObject({ writes: [{ address: addressOf(1), unsubscribe: ['list/7'] }] });
    expect(outOf(s)).toBe(0);
    await approve(s, undoId);
    expect(await s.ended(undoId)).toMatchObject({ state: 'done', problem: null, counts: { removed: 5, failed: 0 } });
    await s.settled();
    expect(outOf(s)).toBe(5);
    expect(await s.run()).toMatchObject({ state: 'done', counts: { created: 0, updated: 0, removed: 0, eligible: 0 } });
    expect([outOf(s), s.mail.violations]).toEqual([5, []]);
  });

  it('[F11][F8] why, and the list of who is held, say that a run was undone', async () => {
    const { s, run } = await filled();
    await undone(s, run.runId);
    const why = await s.why(addressOf(2));
    expect(why.contacts[0]?.profiles[0]?.reason).toMatchObject({ code: 'undo.held', params: { run: run.runId } });
    const { body } = await world.get(`/internal/workspaces/${s.workspaceId}/links/newsletter/people?list=held`);
    expect(peopleView.parse(body).people).toHaveLength(5);
    expect(peopleView.parse(body).people[0]?.problem).toContain('was undone');
  });

  it('[F11][F4] who was edited there, who opted out, who was deleted and who was written to since is kept, each with the reason', async () => {
    const { s, run } = await filled();
    s.mail.at(addressOf(1)).fields['firstName'] = 'Johana';
    s.mail.optOut(addressOf(2));
    s.mail.people.delete(addressOf(3));
    s.crm.edit('person/4', { fields: { firstName: 'Karel' } });
    await s.tellCrm();
    await s.settled();
    const undoId = await planned(s, run.runId);
    const plan = await planOf(s, undoId);
    expect(plan).toMatchObject({ counts: { remove: 1, kept: 3, irreversible: 1 } });
    expect(told(plan)).toEqual([
      'record/5 remove undo.taken-out',
      'record/1 kept undo.kept',
      'record/2 kept undo.kept',
      'record/4 kept undo.kept',
      'record/3 irreversible undo.gone',
    ]);
    expect(plan.items[1]?.reason.params).toEqual({ edited: ['firstName'] });
    expect(plan.items[3]?.reason.params).toEqual({ written: ['firstName'] });
    await approve(s, undoId);
    expect(await s.ended(undoId)).toMatchObject({ state: 'done', counts: { removed: 1 } });
    await s.settled();
    expect(statuses(s)).toEqual(['subscribed', 'unsubscribed', 'nobody', 'subscribed', 'unsubscribed']);
    expect([s.mail.at(addressOf(1)).fields['firstName'], s.mail.violations]).toEqual(['Johana', []]);
  });

  it('[F11] values and tags that a run changed of people who were there before are put back, and stay so', async () => {
    const s = await Scenario.begin(world);
    s.mail.put(addressOf(1), { fields: { firstName: 'Johana' }, tags: ['by hand'] });
    s.crm.person(1, addressOf(1));
    const run = await s.run();
    expect(s.mail.at(addressOf(1))).toMatchObject({ fields: { firstName: 'Jan' }, tags: ['by hand', 'newsletter'] });
    expect(await undone(s, run.runId)).toMatchObject({ state: 'done', counts: { updated: 1, removed: 0 } });
    expect(s.mail.at(addressOf(1))).toMatchObject({ fields: { firstName: 'Johana' }, tags: ['by hand'] });
    expect(s.mail.status(addressOf(1))).toBe('subscribed');
    expect(await s.run()).toMatchObject({ counts: { updated: 0, created: 0, removed: 0 } });
    s.mail.at(addressOf(1)).fields['firstName'] = 'Hana';
    await s.tellMail();
    await s.run();
    expect(s.mail.at(addressOf(1))).toMatchObject({ fields: { firstName: 'Hana' }, tags: ['by hand'] });
  });

  it('[F11][F4] nobody whom the run took out is subscribed again by its undo', async () => {
    const { s } = await filled();
    s.crm.edit('person/1', { tags: [] });
    const second = await s.run();
    expect(second).toMatchObject({ counts: { removed: 1 } });
    const undoId = await planned(s, second.runId, 'done');
    expect(told(await planOf(s, undoId))).toEqual(['record/1 irreversible undo.not-taken-back']);
    expect(s.mail.status(addressOf(1))).toBe('unsubscribed');
  });

  it('[F11] whose source record moves is free again; so is everybody when the link moves', async () => {
    const { s, run } = await filled();
    await undone(s, run.runId);
    s.crm.edit('person/1', { fields: { firstName: 'Jana' } });
    await s.tellCrm();
    await s.settled();
    expect(statuses(s)).toEqual(['subscribed', ...Array(4).fill('unsubscribed')]);
    expect(await s.reasonOf('record/1')).toBe('eligible');
    await s.link({ version: 2 });
    expect(await s.run()).toMatchObject({ state: 'done', counts: { created: 4 } });
    expect([outOf(s), s.mail.violations]).toEqual([0, []]);
  });

  it('[F11] the brake asks, an empty read stops, and the global stop halts an undo', async () => {
    const { s, run } = await filled();
    s.readEnd = { mail: { seen: 0 } };
    const stopped = await planned(s, run.runId, 'failed');
    expect((await s.view(stopped)).problem).toContain('stopped by the brake');
    s.readEnd = {};
    await s.link({ brake: { removals: 2, share: 1 } });
    const undoId = await planned(s, run.runId);
    expect((await s.view(undoId)).problem).toContain("5 removals are more than the link's limit of 2");
    await issue(s, { command: 'stop-writes', object: s.workspaceId });
    await approve(s, undoId);
    await s.settled();
    expect([outOf(s), (await s.view(undoId)).state]).toEqual([0, 'removing']);
    await issue(s, { command: 'continue-writes', object: s.workspaceId });
    expect(await s.ended(undoId)).toMatchObject({ state: 'done', counts: { removed: 5 } });
  });

  it('[F11] who moved at the source between plan and approval is left out, and listed', async () => {
    const { s, run } = await filled();
    const undoId = await planned(s, run.runId);
    s.crm.edit('person/1', { fields: { firstName: 'Jana' } });
    await s.tellCrm();
    await s.settled();
    await approve(s, undoId);
    expect(await s.ended(undoId)).toMatchObject({ state: 'done', counts: { removed: 4 } });
    const parked = await planOf(s, undoId, '?parked=true');
    expect(parked.items.map(({ slotKey }) => slotKey)).toEqual(['record/1']);
    expect(statuses(s)[0]).toBe('subscribed');
  });

  it('[F11] an undo that a stop of the service interrupts goes on where it stood', async () => {
    const { s, run } = await filled();
    const undoId = await planned(s, run.runId);
    s.holdWrites = true;
    await approve(s, undoId);
    await s.inState(undoId, 'removing');
    await world.restart();
    s.holdWrites = false;
    await eventually(async () => {
      await s.writeNow();
      expect(outOf(s)).toBe(5);
    });
    expect(await s.ended(undoId)).toMatchObject({ state: 'done', counts: { removed: 5 } });
  });

  it('[F11] an undo, a dry run, a run that is on and one that changed nothing are not undone, and say why', async () => {
    const { s, run } = await filled();
    const reasonOf = async (runId: string) => (await issue(s, { command: 'undo', object: runId })).refusal?.reason;
    expect(await reasonOf((await s.run('dry')).runId)).toBe('a dry run wrote nothing');
    expect(await reasonOf((await s.run()).runId)).toContain('it changed nothing');
    const undoId = await planned(s, run.runId);
    expect(await reasonOf(undoId)).toContain('an undo is not undone');
    expect(await reasonOf(run.runId)).toContain('another run of this link is on');
    expect(await reasonOf('nobody')).toBe('there is no such run');
  });
});
