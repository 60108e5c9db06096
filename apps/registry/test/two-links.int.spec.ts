import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('two links into one list', () => {
  let world: RegistryWorld;
  let s: Scenario;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  beforeEach(async () => {
    s = await Scenario.begin(world, { linkId: 'a', tags: ['newsletter'] });
    const name = { from: 'lastName', to: 'firstName', onBlank: 'skip', conflict: 'source' } as const;
    await s.link({ linkId: 'b', tags: ['VIP'], place: 'list/8', mapping: [name] });
    s.crm.person(1, 'both@firma.cz', { tags: ['newsletter', 'VIP'], fields: { firstName: 'Jan', lastName: 'Novák' } });
    s.crm.person(2, 'one@firma.cz', { tags: ['VIP'], fields: { firstName: 'Eva', lastName: 'Malá' } });
    await s.run('full', 'a');
    await s.run('full', 'b');
  });
  afterAll(() => world.stop());

  it('[F3] tags and lists are a union, and a field belongs to the first link', () => {
    expect(s.mail.at('both@firma.cz')).toMatchObject({
      ...{ tags: ['newsletter', 'VIP'], fields: { firstName: 'Jan' } },
      places: { 'list/7': { status: 'subscribed' }, 'list/8': { status: 'subscribed' } },
    });
    expect(s.mail.at('one@firma.cz')).toMatchObject({ tags: ['VIP'], fields: { firstName: 'Malá' } });
  });

  it('[F6] who leaves one link stays where the other wants them, and the counts of the run say that they left it', async () => {
    s.crm.edit('person/1', { tags: ['VIP'] });
    expect((await s.run('full', 'a')).counts).toMatchObject({ removed: 1, updated: 0, eligible: 0, excluded: 2 });
    expect(s.mail.at('both@firma.cz')).toMatchObject({ tags: ['VIP'], places: { 'list/8': { status: 'subscribed' } } });
    expect(s.mail.status('both@firma.cz', 'list/7')).toBe('unsubscribed');
    expect((await s.run('full', 'b')).counts).toMatchObject({ removed: 0, created: 0, eligible: 2 });
    expect(s.mail.status('both@firma.cz', 'list/8')).toBe('subscribed');
    s.crm.edit('person/1', { tags: ['newsletter', 'VIP'] });
    await s.tellCrm();
    await s.settled();
    expect(s.mail.status('both@firma.cz', 'list/7')).toBe('subscribed');
    expect(s.mail.violations).toEqual([]);
  });

  it('[F6] runs of both links at once, and changes meanwhile, end in the same state', async () => {
    for (let id = 3; id <= 30; id += 1) s.crm.person(id, `p${id}@firma.cz`, { tags: id % 2 === 0 ? ['newsletter', 'VIP'] : ['VIP'] });
    const runs = [await s.ask('full', 'a'), await s.ask('full', 'b')];
    s.crm.edit('person/2', { tags: ['newsletter'] });
    await s.tellCrm();
    for (const run of runs) expect(await s.ended(run)).toMatchObject({ state: 'done' });
    await s.settled();
    expect(s.mail.status('one@firma.cz', 'list/7')).toBe('subscribed');
    expect(s.mail.at('p4@firma.cz')).toMatchObject({ places: { 'list/7': { status: 'subscribed' }, 'list/8': { status: 'subscribed' } } });
    expect(Object.keys(s.mail.at('p5@firma.cz').places)).toEqual(['list/8']);
    const writes = s.mail.writes.length;
    await s.run('full', 'a');
    await s.run('full', 'b');
    expect(s.mail.writes).toHaveLength(writes);
  });

  it('[B10] a link that is switched off keeps its people', async () => {
    await s.link({ linkId: 'b', version: 2, enabled: false, tags: ['VIP'], place: 'list/8' });
    s.crm.edit('person/2', { fields: { firstName: 'Jiná', lastName: 'Jiná' } });
    await s.tellCrm();
    await s.run('full', 'a');
    expect(s.mail.status('one@firma.cz', 'list/8')).toBe('subscribed');
  });
});
