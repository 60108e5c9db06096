import { FakeCrm } from './fake-crm';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

/** Somebody's consent is asked for over every address that was ever theirs, also where it stood at their record for a moment only. */
describe('addresses that a record bore in passing', () => {
  let world: RegistryWorld;
  let s: Scenario;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  beforeEach(async () => {
    s = await Scenario.begin(world);
    s.mail.put('passed@firma.cz');
    s.crm.person(1, 'new@firma.cz');
    await s.run();
  });
  afterAll(() => world.stop());

  const bearing = (address: string) => {
    s.crm.person(1, address);
    return s.crm.observe();
  };

  const optOutAtPassed = async (): Promise<void> => {
    s.mail.optOut('passed@firma.cz');
    await s.tellMail();
    await s.settled();
  };

  const isKeptOut = async (): Promise<void> => {
    expect([await s.reasonOf('record/1'), s.mail.status('new@firma.cz')]).toEqual(['consent.opted-out', 'unsubscribed']);
  };

  it('[F4] count when a newer reading of the same chunk superseded the one that shows them', async () => {
    await s.observe([...bearing('passed@firma.cz'), ...bearing('new@firma.cz')]);
    await s.settled();
    await optOutAtPassed();
    await isKeptOut();
  });

  it('[F4] count when the reading that shows them came after a newer one', async () => {
    const late = bearing('passed@firma.cz');
    await s.observe(bearing('new@firma.cz'));
    await s.settled();
    await s.observe(late);
    await s.settled();
    expect(await s.reasonOf('record/1')).toBe('eligible');
    await optOutAtPassed();
    await isKeptOut();
  });

  it('[F4] count at once when the late reading comes after the opt-out', async () => {
    const late = bearing('passed@firma.cz');
    await s.observe(bearing('new@firma.cz'));
    await optOutAtPassed();
    await s.observe(late);
    await s.settled();
    await isKeptOut();
  });

  it('[F4] count when the record came and went within one chunk, and comes back with another address', async () => {
    s.crm.person(2, 'passed@firma.cz');
    const came = s.crm.observe();
    s.crm.remove('person/2');
    await s.observe([...came, ...s.crm.observe()]);
    await optOutAtPassed();
    s.crm.person(2, 'back@firma.cz');
    await s.tellCrm();
    await s.settled();
    expect([await s.reasonOf('record/2'), s.mail.people.has('back@firma.cz')]).toEqual(['consent.opted-out', false]);
  });

  it('[F3][F4] count for the records of the same person at other connections', async () => {
    await s.connection('erp', 'directo');
    await s.link({ linkId: 'erp', source: { connectionId: 'erp', provider: 'directo' }, place: 'list/9' });
    const erp = new FakeCrm(s.workspaceId, 'erp');
    erp.person(1, 'new@firma.cz');
    erp.person(2, 'other@firma.cz');
    await s.observe(erp.observe());
    await optOutAtPassed();
    await s.run('full', 'erp');
    expect(await s.reasonOf('record/1', 'erp')).toBe('eligible');
    s.crm.person(1, 'passed@firma.cz');
    await s.tellCrm();
    await s.settled();
    expect([await s.reasonOf('record/1', 'erp'), await s.reasonOf('record/2', 'erp')]).toEqual(['consent.opted-out', 'eligible']);
  });
});
