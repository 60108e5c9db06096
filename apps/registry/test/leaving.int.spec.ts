import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('leaving and coming back', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  it('[A6] all removals are final before the first upsert is asked for', async () => {
    const s = await Scenario.begin(world);
    for (let id = 1; id <= 10; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    await s.run();
    for (let id = 1; id <= 5; id += 1) s.crm.edit(`person/${id}`, { tags: [] });
    for (let id = 11; id <= 15; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    s.mail.requests.length = 0;
    s.holdWrites = true;
    const runId = await s.ask();
    const removing = await s.inState(runId, 'removing');
    await s.settled();
    expect(s.mail.requests.map(({ want }) => want.unsubscribe)).toEqual(Array.from({ length: 5 }, () => ['list/7']));
    expect(removing.progress).toEqual({ done: 0, total: 5 });
    s.holdWrites = false;
    await s.writeNow();
    const { counts } = await s.ended(runId);
    expect(counts).toMatchObject({ removed: 5, created: 5, unchanged: 5, eligible: 10, excluded: 5, failed: 0 });
    expect(s.mail.requests.slice(5).every(({ want }) => want.create)).toBe(true);
  });

  it('[A6][F6] who was there before us is untagged, whom we created is unsubscribed, and the tags of others stay', async () => {
    const s = await Scenario.begin(world);
    s.mail.put('before@firma.cz', { tags: ['by hand'] });
    s.mail.put('same-tag@firma.cz', { tags: ['newsletter'] });
    s.crm.person(1, 'before@firma.cz');
    s.crm.person(2, 'ours@firma.cz');
    s.crm.person(3, 'same-tag@firma.cz');
    s.crm.person(4, 'stays@firma.cz');
    await s.run();
    for (const id of [1, 2, 3]) s.crm.edit(`person/${id}`, { tags: [] });
    const { counts } = await s.run();
    expect(s.mail.at('before@firma.cz')).toMatchObject({ tags: ['by hand'], places: { 'list/7': { status: 'subscribed' } } });
    expect(s.mail.at('same-tag@firma.cz')).toMatchObject({ tags: ['newsletter'], places: { 'list/7': { status: 'subscribed' } } });
    expect(s.mail.status('ours@firma.cz')).toBe('unsubscribed');
    expect(counts).toMatchObject({ removed: 2, excluded: 3, excludedBy: { 'filter.tag-missing': 3 }, eligible: 1, unchanged: 1 });
    expect(s.mail.violations).toEqual([]);
  });

  it('[A6][F4] whom we took out ourselves comes back when the reason is gone', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    s.crm.edit('person/1', { presence: 'removed' });
    await s.run();
    expect([s.mail.status('jan@firma.cz'), await s.reasonOf('record/1')]).toEqual(['unsubscribed', 'source.removed']);
    await s.run();
    expect((await s.why('jan@firma.cz')).consent.map(({ kind }) => kind)).not.toContain('opted-out');
    s.crm.edit('person/1', { presence: 'present' });
    expect((await s.run()).counts).toMatchObject({ created: 1, eligible: 1 });
    expect(s.mail.status('jan@firma.cz')).toBe('subscribed');
  });

  it('[F4] a late reading that still shows our own removal does not count as an opt-out of who came back', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    s.crm.edit('person/1', { presence: 'removed' });
    await s.run();
    const late = s.mail.observe({ resend: ['jan@firma.cz'] });
    s.crm.edit('person/1', { presence: 'present' });
    await s.run();
    await s.observe(late);
    await s.settled();
    expect(await s.reasonOf('record/1')).toBe('eligible');
    expect(s.mail.status('jan@firma.cz')).toBe('subscribed');
  });

  it('[F4] who unsubscribed after we took them out did so by their own act, and stays out', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    s.crm.edit('person/1', { presence: 'removed' });
    await s.run();
    s.mail.optOut('jan@firma.cz');
    s.crm.edit('person/1', { presence: 'present' });
    expect((await s.run()).counts).toMatchObject({ created: 0, excluded: 1, excludedBy: { 'consent.opted-out': 1 } });
    expect([s.mail.status('jan@firma.cz'), s.mail.violations]).toEqual(['unsubscribed', []]);
  });

  it('[A6][F10] a removal that failed is listed with its cause, and the next run makes it', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    await s.run();
    s.crm.edit('person/1', { tags: [] });
    s.mail.refuse = () => ({ outcome: 'failed', failure: { kind: 'item-rejected', message: 'not now', attempts: 5 } });
    const failed = await s.run();
    expect(failed).toMatchObject({
      state: 'done',
      problem: expect.stringContaining('1 removal failed'),
      counts: { removed: 0, eligible: 1 },
    });
    s.mail.refuse = () => undefined;
    expect((await s.run()).counts).toMatchObject({ removed: 1 });
    expect(s.mail.status('jan@firma.cz')).toBe('unsubscribed');
    expect((await s.run()).counts).toMatchObject({ removed: 0 });
  });
});
