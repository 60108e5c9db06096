import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('the consent gate', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  it('[F4] who had opted out at the destination is not subscribed, and the reason tells where and when', async () => {
    const s = await Scenario.begin(world);
    s.mail.put('jan@firma.cz');
    s.mail.optOut('jan@firma.cz');
    s.crm.person(1, 'jan@firma.cz');
    const { counts } = await s.run();
    expect(counts).toMatchObject({ eligible: 0, created: 0, excludedBy: { 'consent.opted-out': 1 } });
    const [profile] = (await s.why('jan@firma.cz')).contacts.flatMap(({ profiles }) => profiles);
    const { since } = s.mail.at('jan@firma.cz').places['list/7'] ?? {};
    expect(profile?.reason).toMatchObject({
      code: 'consent.opted-out',
      params: { where: 'mail', when: since?.from, address: 'jan@firma.cz' },
    });
    expect(s.mail.writes).toEqual([]);
  });

  it('[F4] an opt-out between the plan and the call is stopped by the last look', async () => {
    const s = await Scenario.begin(world);
    s.mail.put('eva@firma.cz', { places: { 'list/8': { status: 'subscribed' } } });
    s.crm.person(1, 'jan@firma.cz');
    s.crm.put('person/2', {
      ...{ fields: { firstName: 'Eva' }, tags: ['newsletter'] },
      slots: [
        { key: 'record/2', address: 'eva.new@firma.cz' },
        { key: 'record/3', address: 'eva@firma.cz', type: 'email_private' },
      ],
    });
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await s.settled();
    s.mail.optOut('eva@firma.cz', 'list/8');
    await s.tellMail();
    await s.settled();
    s.holdWrites = false;
    await s.writeNow();
    const { counts } = await s.ended(runId);
    expect(counts).toMatchObject({
      created: 1,
      eligible: 1,
      unchanged: 0,
      failed: 0,
      excluded: 1,
      excludedBy: { 'changed-during-run': 1 },
    });
    expect(s.mail.people.has('eva.new@firma.cz')).toBe(false);
    await s.settled();
    expect(await s.reasonOf('record/2')).toBe('consent.opted-out');
  });

  it('[F4] an opt-out that came before its contact, or before its link, counts', async () => {
    const s = await Scenario.begin(world, { linkId: 'other', place: 'list/9', destination: { connectionId: 'elsewhere', provider: 'x' } });
    s.mail.put('jan@firma.cz');
    s.mail.optOut('jan@firma.cz');
    await s.tellMail();
    await s.settled();
    await s.link();
    s.crm.person(1, 'jan@firma.cz');
    expect((await s.run()).counts).toMatchObject({ created: 0, excludedBy: { 'consent.opted-out': 1 } });
  });

  it('[F4] an opt-out of a former address goes with the person', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'old@firma.cz');
    await s.run();
    s.crm.edit('person/1', { slots: [{ key: 'record/1', address: 'new@firma.cz' }] });
    expect((await s.run()).counts).toMatchObject({ removed: 1, created: 1 });
    s.mail.optOut('old@firma.cz');
    await s.tellMail();
    await s.settled();
    expect([await s.reasonOf('record/1'), s.mail.status('new@firma.cz')]).toEqual(['consent.opted-out', 'unsubscribed']);
    expect(s.mail.violations).toEqual([]);
  });

  it('[F4] an opt-out of a shared address holds for everyone who has it', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'info@firma.cz');
    s.crm.person(2, 'info@firma.cz');
    await s.run();
    s.mail.optOut('info@firma.cz');
    await s.tellMail();
    await s.settled();
    expect([await s.reasonOf('record/1'), await s.reasonOf('record/2')]).toEqual(['consent.opted-out', 'consent.opted-out']);
    expect((await s.run()).counts).toMatchObject({ excluded: 2, created: 0 });
    expect(s.mail.violations).toEqual([]);
  });

  it('[F4] an opt-out is never held: it leaves the other list while a run writes', async () => {
    const s = await Scenario.begin(world);
    await s.link({ linkId: 'second', place: 'list/8', tags: ['VIP'] });
    s.crm.person(1, 'jan@firma.cz', { tags: ['newsletter', 'VIP'] });
    s.crm.person(2, 'eva@firma.cz');
    await s.run();
    await s.run('full', 'second');
    s.crm.edit('person/2', { fields: { firstName: 'Evelína' } });
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    s.mail.optOut('jan@firma.cz');
    s.mail.requests.length = 0;
    await s.tellMail();
    await s.settled();
    const request = s.mail.requests.filter(({ address }) => address === 'jan@firma.cz').at(-1);
    expect(request).toMatchObject({ priority: 'opt-out', want: { unsubscribe: ['list/8'] } });
    s.holdWrites = false;
    await s.writeNow();
    await s.ended(runId);
    expect([s.mail.status('jan@firma.cz', 'list/8'), s.mail.violations]).toEqual(['unsubscribed', []]);
  });

  it('[F4] a list that serves two purposes tells an opt-out of both', async () => {
    const s = await Scenario.begin(world);
    await s.link({ linkId: 'second', purpose: 'product news', tags: ['VIP'] });
    s.mail.put('jan@firma.cz');
    s.mail.optOut('jan@firma.cz');
    s.crm.person(1, 'jan@firma.cz', { tags: ['newsletter', 'VIP'] });
    await s.run();
    expect((await s.run('full', 'second')).counts).toMatchObject({ created: 0, excludedBy: { 'consent.opted-out': 1 } });
  });

  it('[F4] a link that lost its legal basis takes nobody out before its own plan, and its brake', async () => {
    const s = await Scenario.begin(world, { brake: { removals: 1, share: 1 } });
    for (let id = 1; id <= 3; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    s.mail.put('stranger@jinde.cz');
    await s.run();
    await s.query(`DELETE FROM consent WHERE workspace_id = $1 AND kind = 'legal-basis'`);
    await s.link({ version: 2, legalBasis: undefined, brake: { removals: 1, share: 1 } });
    expect(await s.inState(await s.ask(), 'awaiting-approval')).toMatchObject({
      problem: expect.stringContaining('3 removals are more than'),
    });
    await s.letTimePass();
    expect([1, 2, 3].map((id) => s.mail.status(`p${id}@firma.cz`))).toEqual(['subscribed', 'subscribed', 'subscribed']);
  });
});
