import { linkChanged } from '@kontaktor/contracts';
import { approve, issue, planOf, waitingRun } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('plans that wait for approval', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  async function people(count: number, link: Parameters<typeof Scenario.begin>[1] = {}): Promise<Scenario> {
    const s = await Scenario.begin(world, link);
    for (let id = 1; id <= count; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    return s;
  }
  const approving = { firstRun: 'approve' } as const;

  it('[F7] a first run waits for approval with its plan, and writes what was approved', async () => {
    const s = await people(2, approving);
    s.crm.person(3, 'p3@firma.cz', { tags: [] });
    const runId = await waitingRun(s);
    expect(await s.view(runId)).toMatchObject({ problem: expect.stringContaining('first run'), counts: { created: 0 } });
    const plan = await planOf(s, runId);
    expect(plan).toMatchObject({ planHash: expect.stringMatching(/^[0-9a-f]{64}$/), counts: { create: 2, remove: 0, excluded: 1 } });
    expect(s.mail.requests).toEqual([]);
    expect(await approve(s, runId)).toMatchObject({ refusal: null, runId, issuedBy: 'jana' });
    expect(await s.ended(runId)).toMatchObject({ state: 'done', problem: null, approvedBy: 'jana', counts: { created: 2 } });
    await s.settled();
    expect(s.mail.writes).toHaveLength(2);
    expect(await s.run()).toMatchObject({ state: 'done', approvedBy: null });
  });

  it('[F7] a plan shows, a page at a time, who, what would be written and why in both languages', async () => {
    const s = await people(3);
    s.mail.put('p2@firma.cz', { tags: ['by hand'] });
    const { runId, counts } = await s.run('dry');
    expect(counts).toMatchObject({ eligible: 3, created: 0, updated: 0, unchanged: 0, planned: { create: 2, update: 1, remove: 0 } });
    const first = await planOf(s, runId, '?limit=2');
    expect(first.items).toMatchObject([
      { slotKey: 'record/1', address: 'p1@firma.cz', operation: 'create', parked: false },
      { slotKey: 'record/3', operation: 'create' },
    ]);
    expect(first.items[0]?.writes).toMatchObject([{ create: true, subscribe: ['list/7'], fields: { firstName: 'Jan' } }]);
    expect(first.items[0]?.reason.text).toEqual({ en: expect.any(String), cs: expect.any(String) });
    const rest = await planOf(s, runId, `?limit=2&after=${encodeURIComponent(first.next ?? '')}`);
    expect(rest).toMatchObject({
      items: [{ slotKey: 'record/2', operation: 'update', writes: [{ create: false, subscribe: [], addTags: ['newsletter'] }] }],
      next: null,
    });
    expect((await planOf(s, runId, '?operation=update')).items).toHaveLength(1);
  });

  /** Of each kind one: removed, created, updated, excluded, unchanged; the one who changes most has the last slot. */
  async function oneOfEach(): Promise<Scenario> {
    const s = await people(4);
    await s.run();
    for (const id of [3, 4]) s.crm.edit(`person/${id}`, { tags: [] });
    // Gone there already: nothing is left to be taken out.
    s.mail.people.delete('p4@firma.cz');
    s.crm.person(5, 'p5@firma.cz');
    s.crm.edit('person/2', { fields: { firstName: 'Johana' } });
    // Somebody else tags a person who stays as they are otherwise.
    s.mail.at('p1@firma.cz').tags.push('by hand');
    return s;
  }

  it('[F7] a plan lists first what changes most, and its pages in the same order', async () => {
    const s = await oneOfEach();
    const { runId } = await s.run('dry');
    const whole = (await planOf(s, runId)).items.map(({ operation, slotKey }) => `${operation} ${slotKey}`);
    expect(whole).toEqual(['remove record/3', 'create record/5', 'update record/2', 'excluded record/4', 'unchanged record/1']);
    const paged: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page = await planOf(s, runId, `?limit=2${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`);
      paged.push(...page.items.map(({ operation, slotKey }) => `${operation} ${slotKey}`));
      after = page.next;
    }
    expect(paged).toEqual(whole);
  });

  it('[F7] [F10] a run that is over tells what each of its updates, creations and removals wrote', async () => {
    const s = await oneOfEach();
    const { runId, counts } = await s.run();
    expect(counts).toMatchObject({ removed: 1, created: 1, updated: 1, unchanged: 1 });
    const { items } = await planOf(s, runId);
    expect(items.map(({ operation, writes }) => [operation, writes])).toMatchObject([
      ['remove', [{ address: 'p3@firma.cz', unsubscribe: ['list/7'] }]],
      ['create', [{ address: 'p5@firma.cz', create: true, subscribe: ['list/7'], fields: { firstName: 'Jan' } }]],
      ['update', [{ address: 'p2@firma.cz', create: false, fields: { firstName: 'Johana' } }]],
      ['excluded', []],
      ['unchanged', []],
    ]);
  });

  it('[F5] more removals than the brake allows wait; approved, they are carried out; not approved, nobody leaves', async () => {
    const s = await people(4, { brake: { removals: 2, share: 1 } });
    await s.run();
    for (const id of [1, 2, 3]) s.crm.edit(`person/${id}`, { tags: [] });
    const runId = await waitingRun(s);
    expect(await s.view(runId)).toMatchObject({ problem: expect.stringMatching(/waits for approval.*3 removals/) });
    expect((await planOf(s, runId, '?operation=remove')).items[0]).toMatchObject({
      reason: { code: 'filter.tag-missing' },
      writes: [{ address: 'p1@firma.cz', create: false, unsubscribe: ['list/7'] }],
    });
    await s.letTimePass();
    expect(s.mail.writes).toHaveLength(4);
    await approve(s, runId);
    expect(await s.ended(runId)).toMatchObject({ state: 'done', counts: { removed: 3 } });
  });

  it('[F7] an old hash, an expired command, a run that waits no longer or is not there: refused with the reason, and nothing changes', async () => {
    const s = await people(1, approving);
    const runId = await waitingRun(s);
    const { planHash } = await planOf(s, runId);
    const order = { command: 'approve' as const, object: runId, planHash: planHash ?? '' };
    expect((await issue(s, { ...order, planHash: 'f'.repeat(64) })).refusal).toMatchObject({
      code: 'conflict',
      reason: expect.stringContaining('hash'),
    });
    const late = await issue(s, { ...order, expiresAt: '2020-01-01T00:00:00.000Z' });
    expect(late.refusal).toMatchObject({ code: 'expired', reason: expect.stringContaining('2020-01-01') });
    expect((await issue(s, { ...order, object: 'nothing' })).refusal).toMatchObject({ code: 'not-found' });
    expect(await s.view(runId)).toMatchObject({ state: 'awaiting-approval', approvedBy: null });
    expect(s.mail.requests).toEqual([]);
    await issue(s, { command: 'cancel-run', object: runId });
    expect((await issue(s, order)).refusal).toMatchObject({ code: 'conflict', reason: expect.stringContaining('cancelled') });
    expect((await issue(s, { command: 'cancel-run', object: runId })).refusal).toMatchObject({ code: 'conflict' });
    await s.settled();
    expect(s.mail.requests).toEqual([]);
  });

  it('[F7] who was decided anew after the plan is left out and listed, never swapped; it travels afterwards', async () => {
    const s = await people(3, approving);
    s.mail.put('p3@firma.cz');
    const runId = await waitingRun(s);
    s.crm.edit('person/2', { fields: { firstName: 'Eva' } });
    await s.tellCrm();
    await s.settled();
    s.holdWrites = true;
    await approve(s, runId);
    await s.inState(runId, 'upserting');
    await s.settled();
    expect(s.mail.requests.map(({ address }) => address).sort()).toEqual(['p1@firma.cz', 'p3@firma.cz']);
    expect((await planOf(s, runId, '?parked=true')).items).toMatchObject([{ slotKey: 'record/2', parked: true, writes: [] }]);
    s.holdWrites = false;
    await s.writeNow();
    expect(await s.ended(runId)).toMatchObject({
      state: 'done',
      counts: { created: 1, updated: 1, excludedBy: { 'changed-during-run': 1 } },
    });
    await s.settled();
    expect(s.mail.at('p2@firma.cz').fields).toMatchObject({ firstName: 'Eva' });
  });

  it('[F5][F7] who qualifies again after the plan stays, and is listed as left out', async () => {
    const s = await people(3, { brake: { removals: 1, share: 1 } });
    await s.run();
    for (const id of [1, 2]) s.crm.edit(`person/${id}`, { tags: [] });
    const runId = await waitingRun(s);
    s.crm.edit('person/2', { tags: ['newsletter'] });
    await s.tellCrm();
    await s.settled();
    await approve(s, runId);
    expect(await s.ended(runId)).toMatchObject({ state: 'done', counts: { removed: 1 } });
    await s.settled();
    expect([s.mail.status('p1@firma.cz'), s.mail.status('p2@firma.cz')]).toEqual(['unsubscribed', 'subscribed']);
    expect((await planOf(s, runId, '?parked=true')).items).toMatchObject([{ slotKey: 'record/2', operation: 'remove' }]);
  });

  it('[F7][D2] changes between runs go on while a run waits', async () => {
    const s = await people(4, { brake: { removals: 1, share: 1 } });
    await s.run();
    for (const id of [1, 2]) s.crm.edit(`person/${id}`, { tags: [] });
    await waitingRun(s);
    s.crm.person(5, 'p5@firma.cz');
    await s.tellCrm();
    await s.settled();
    expect(s.mail.status('p5@firma.cz')).toBe('subscribed');
    expect(s.mail.status('p1@firma.cz')).toBe('subscribed');
  });

  it('[F7][B10] an edit of the link, or of a connection, voids the plan that waits', async () => {
    const s = await people(1, approving);
    const first = await waitingRun(s);
    await s.link({ ...approving, version: 2, tags: ['VIP', 'newsletter'] });
    expect(await s.ended(first)).toMatchObject({ state: 'superseded', problem: 'the link was changed meanwhile' });
    const second = await waitingRun(s);
    await s.connection('mail', 'ecomail', 2);
    expect(await s.ended(second)).toMatchObject({ state: 'superseded', problem: 'the connection mail was changed meanwhile' });
    expect((await approve(s, second)).refusal).toMatchObject({ code: 'conflict' });
    const third = await waitingRun(s);
    await s.world.publish(linkChanged, [s.linkEvent({ ...approving, version: 3, deleted: true })]);
    expect(await s.ended(third)).toMatchObject({ state: 'superseded', problem: 'the link was deleted meanwhile' });
    expect(s.mail.requests).toEqual([]);
  });

  it('[F7][A4] the next run takes the place of one that nobody approved; a dry run does not', async () => {
    const s = await people(1, approving);
    const first = await waitingRun(s);
    const dry = await s.ask('dry');
    expect(await s.ended(dry)).toMatchObject({ state: 'superseded', problem: expect.stringContaining('waits for approval') });
    const second = await waitingRun(s);
    expect(await s.view(first)).toMatchObject({ state: 'superseded', problem: expect.stringContaining('nobody approved') });
    await approve(s, second);
    expect(await s.ended(second)).toMatchObject({ state: 'done', counts: { created: 1 } });
  });

  it('[F7] the plan of a dry run is approved and run, when planning it again gives the same', async () => {
    const s = await people(2, { ...approving, brake: { removals: 0, share: 0 } });
    const dry = await s.run('dry');
    const { refusal, runId } = await approve(s, dry.runId);
    expect(refusal).toBeNull();
    expect(await s.ended(runId ?? '')).toMatchObject({ state: 'done', planHash: dry.planHash, approvedBy: 'jana', counts: { created: 2 } });
  });

  it('[F7] a dry run that was approved runs no other plan: what changed meanwhile waits again', async () => {
    const s = await people(2);
    const dry = await s.run('dry');
    s.crm.person(3, 'p3@firma.cz');
    const { runId } = await approve(s, dry.runId);
    expect(await s.inState(runId ?? '', 'awaiting-approval')).toMatchObject({ problem: expect.stringContaining('another plan') });
    expect(s.mail.requests).toEqual([]);
    await approve(s, runId ?? '');
    expect(await s.ended(runId ?? '')).toMatchObject({ state: 'done', counts: { created: 3 } });
    await s.link({ version: 2 });
    expect((await approve(s, dry.runId)).refusal).toMatchObject({ code: 'conflict', reason: expect.stringContaining('changed') });
  });

  it('[F5][F7] no approval lifts an incomplete or empty read', async () => {
    const s = await people(2);
    await s.run();
    const dry = await s.run('dry');
    for (const id of [1, 2]) s.crm.remove(`person/${id}`);
    const { runId } = await approve(s, dry.runId);
    expect(await s.ended(runId ?? '')).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/showed nobody.*No approval helps/),
    });
    await s.letTimePass();
    expect(s.mail.status('p1@firma.cz')).toBe('subscribed');
  });
});
