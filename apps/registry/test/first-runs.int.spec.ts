import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('runs of a link', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  it('[A5][A6][F10] a first run creates who qualifies, leaves out the others with their reasons, and counts truly', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz', { fields: { firstName: 'Jan' }, tags: ['newsletter', 'other'] });
    s.crm.person(2, 'eva@firma.cz');
    s.crm.person(3, 'no-tag@firma.cz', { tags: ['other'] });
    s.crm.person(4, 'hidden@firma.cz', { presence: 'removed' });
    s.crm.person(5, 'bad address');
    s.crm.put('person/6', { tags: ['newsletter'], slots: [{ key: 'record/6', address: 'x@y.cz', type: 'email_private' }] });
    s.mail.put('eva@firma.cz', { tags: ['newsletter'], fields: { firstName: 'Jan' } });
    s.mail.put('stranger@jinde.cz');
    const { state, counts } = await s.run();
    expect({ state, counts }).toEqual({
      state: 'done',
      counts: {
        ...{ read: 6, eligible: 2, created: 1, updated: 0, unchanged: 1, failed: 0, removed: 0, excluded: 4, providerCalls: 3 },
        excludedBy: { 'filter.tag-missing': 1, 'source.removed': 1, 'address.malformed': 1, 'record-type.missing': 1 },
      },
    });
    expect(s.mail.at('jan@firma.cz')).toMatchObject({ tags: ['newsletter'], fields: { firstName: 'Jan' } });
    expect(s.mail.writes).toHaveLength(1);
    expect(s.mail.violations).toEqual([]);
  });

  it('[A6][F10] a run without change writes nothing, tells of no contact and touches no membership', async () => {
    const s = await Scenario.begin(world);
    for (let id = 1; id <= 20; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    s.mail.put('p1@firma.cz');
    await s.run();
    const touched = () => s.query('SELECT slot_key, xmin::text AS version FROM memberships WHERE workspace_id = $1 ORDER BY slot_key');
    const before = { rows: await touched(), contacts: s.contacts.length, requests: s.mail.requests.length };
    const { counts } = await s.run();
    expect(counts).toMatchObject({ eligible: 20, created: 0, updated: 0, unchanged: 20, removed: 0, failed: 0 });
    expect({ rows: await touched(), contacts: s.contacts.length, requests: s.mail.requests.length }).toEqual(before);
  });

  it('[F10] a run tells of each contact once, as it is in the end', async () => {
    const s = await Scenario.begin(world);
    s.holdWrites = true;
    s.crm.person(1, 'jan@firma.cz');
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await s.settled();
    expect(s.contacts).toEqual([]);
    await s.writeNow();
    await s.ended(runId);
    await s.settled();
    expect(s.contacts).toMatchObject([{ records: [{ remoteId: 'person/1' }], places: [{ place: 'list/7', status: 'subscribed' }] }]);
  });

  it('[A8] changed fields and tags travel with the next run', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz', { tags: ['newsletter', 'VIP'] });
    await s.run();
    s.mail.at('jan@firma.cz').tags.push('by hand');
    s.crm.person(1, 'jan@firma.cz', { tags: ['newsletter'], fields: { firstName: 'Honza' } });
    const { counts } = await s.run();
    expect(counts).toMatchObject({ updated: 1, unchanged: 0, created: 0 });
    expect(s.mail.at('jan@firma.cz')).toMatchObject({ tags: ['newsletter', 'by hand'], fields: { firstName: 'Honza' } });
  });
});
