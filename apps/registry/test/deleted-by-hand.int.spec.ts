import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('people deleted by hand at the destination', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  const wholeRead = { read: 2, eligible: 2 };

  it('[F3] [F10] who was deleted after a read had shown them is created again by the next run, and counted so', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jana@firma.cz');
    s.crm.person(2, 'petr@firma.cz');
    await s.run();
    await s.run();
    s.mail.people.delete('jana@firma.cz');
    expect((await s.run()).counts).toMatchObject({ ...wholeRead, created: 1, unchanged: 1 });
    expect(s.mail.status('jana@firma.cz')).toBe('subscribed');
    expect(s.resends).toEqual([]);
  });

  it('[F3] [F10] who was deleted before any read had shown them is asked for by name, and created again in the same run', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jana@firma.cz');
    s.crm.person(2, 'petr@firma.cz');
    await s.run();
    s.mail.people.delete('jana@firma.cz');
    expect((await s.run('dry')).counts).toMatchObject({ ...wholeRead, planned: { create: 1, update: 0, remove: 0 } });
    expect(s.resends.map(({ resend }) => resend)).toEqual([['jana@firma.cz']]);
    expect((await s.run()).counts).toMatchObject({ ...wholeRead, created: 1, unchanged: 1 });
    expect((await s.run()).counts).toMatchObject({ ...wholeRead, created: 0, unchanged: 2 });
    expect(s.resends).toHaveLength(1);
  });

  it('[F3] who is only taken out of our list before any read had shown them there is put into it again', async () => {
    const s = await Scenario.begin(world);
    s.mail.put('jana@firma.cz', { places: { 'list/1': { status: 'subscribed' } } });
    s.crm.person(1, 'jana@firma.cz');
    s.crm.person(2, 'petr@firma.cz');
    await s.run();
    delete s.mail.at('jana@firma.cz').places['list/7'];
    expect((await s.run()).counts).toMatchObject({ ...wholeRead, created: 1, unchanged: 1 });
    expect([s.mail.status('jana@firma.cz'), s.mail.status('jana@firma.cz', 'list/1')]).toEqual(['subscribed', 'subscribed']);
  });

  it('[F4] who opted out and was then deleted by hand is not subscribed again', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jana@firma.cz');
    s.crm.person(2, 'petr@firma.cz');
    await s.run();
    s.mail.optOut('jana@firma.cz');
    await s.tellMail();
    await s.settled();
    s.mail.people.delete('jana@firma.cz');
    expect((await s.run()).counts).toMatchObject({ created: 0, excludedBy: { 'consent.opted-out': 1 } });
    expect([s.mail.status('jana@firma.cz'), s.mail.violations]).toEqual([undefined, []]);
  });
});
