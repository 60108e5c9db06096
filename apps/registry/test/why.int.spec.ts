import { peopleView, type PeopleView } from '@kontaktor/contracts';
import { approve, planOf, waitingRun } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('what the lists and "why" say', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  const list = async (s: Scenario, name: string): Promise<PeopleView['people']> =>
    peopleView.parse((await world.get(`/internal/workspaces/${s.workspaceId}/links/newsletter/people?list=${name}`)).body).people;
  const profileOf = async (s: Scenario, address: string) => (await s.why(address)).contacts[0]?.profiles[0];
  const placeOf = async (s: Scenario, address: string) => (await s.why(address)).contacts[0]?.places[0];

  it('[F7] [F8] who waits for the approval of a first run is listed as held, with the command, and is in sync only afterwards', async () => {
    const s = await Scenario.begin(world, { firstRun: 'approve' });
    s.crm.person(1, 'jana@firma.cz');
    s.crm.person(2, 'petr@firma.cz', { tags: [] });
    const runId = await waitingRun(s);
    const planHash = (await planOf(s, runId)).planHash ?? '';
    const command = `waits for approval of the run ${runId}: kontaktor approve ${runId} --hash ${planHash.slice(0, 12)}`;
    expect(await list(s, 'held')).toMatchObject([{ address: 'jana@firma.cz', outcome: 'held', problem: command }]);
    expect(await profileOf(s, 'jana@firma.cz')).toMatchObject({ eligible: true, outcome: 'held', waitsFor: { runId, planHash } });
    expect(await list(s, 'in-sync')).toEqual([]);
    expect(await list(s, 'excluded')).toMatchObject([{ address: 'petr@firma.cz', outcome: 'excluded', problem: null }]);
    await approve(s, runId);
    await s.ended(runId);
    await s.settled();
    expect(await list(s, 'held')).toEqual([]);
    expect(await list(s, 'in-sync')).toMatchObject([{ address: 'jana@firma.cz', outcome: 'done', problem: null }]);
    expect(await profileOf(s, 'jana@firma.cz')).toMatchObject({ outcome: 'done', waitsFor: null });
  });

  it('[F7] [F8] whose update waits for the approval of a changed link is held too, not done', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jana@firma.cz');
    await s.run();
    await s.link({ version: 2, firstRun: 'approve', mapping: [] });
    s.crm.edit('person/1', { tags: ['newsletter', 'VIP'] });
    const runId = await waitingRun(s);
    expect(await list(s, 'held')).toMatchObject([{ address: 'jana@firma.cz', outcome: 'held', problem: expect.stringContaining(runId) }]);
    expect(await list(s, 'in-sync')).toEqual([]);
  });

  it('[F8] [F6] of whom we subscribed and who then opted out, it says that we put them there, and when', async () => {
    const s = await Scenario.begin(world);
    s.mail.put('before@firma.cz');
    s.crm.person(1, 'jana@firma.cz');
    s.crm.person(2, 'before@firma.cz');
    await s.run();
    for (const address of ['jana@firma.cz', 'before@firma.cz']) s.mail.optOut(address);
    await s.tellMail();
    await s.settled();
    const [subscription] = (await s.why('jana@firma.cz')).consent.filter(({ kind }) => kind === 'legal-basis');
    expect(subscription).toBeDefined();
    expect((await placeOf(s, 'jana@firma.cz'))?.places).toEqual([
      { place: 'list/7', status: 'unsubscribed', ours: false, putByUsAt: subscription?.from },
    ]);
    expect((await placeOf(s, 'before@firma.cz'))?.places).toEqual([
      { place: 'list/7', status: 'unsubscribed', ours: false, putByUsAt: null },
    ]);
  });

  it('[F8] [F3] of whom was deleted by hand at the destination it says since when, and when they were seen there last', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jana@firma.cz');
    s.crm.person(2, 'petr@firma.cz');
    await s.run();
    await s.run();
    await s.run();
    const reads = await s.query<{ at: Date }>(
      `SELECT started_at AS at FROM reads WHERE workspace_id = $1 AND connection_id = 'mail' ORDER BY started_at DESC`,
    );
    s.mail.people.delete('jana@firma.cz');
    await s.run('dry');
    const place = await placeOf(s, 'jana@firma.cz');
    expect(place).toMatchObject({ known: false, places: [], lost: [{ place: 'list/7', lastSeenAt: reads[0]?.at.toISOString() }] });
    const lost = { address: 'jana@firma.cz', outcome: 'held', problem: 'is no longer shown at mail; the next run puts it there again' };
    expect(await list(s, 'held')).toMatchObject([lost]);
    expect(await list(s, 'in-sync')).toMatchObject([{ address: 'petr@firma.cz' }]);
    expect(Date.parse(place?.lost?.[0]?.since ?? '')).toBeGreaterThan(reads[0]?.at.getTime() ?? Infinity);
    await s.run();
    expect(await placeOf(s, 'jana@firma.cz')).toMatchObject({ known: true, places: [{ status: 'subscribed', ours: true }], lost: [] });
    expect([await list(s, 'held'), await list(s, 'in-sync')]).toMatchObject([[], [{ outcome: 'done' }, { address: 'petr@firma.cz' }]]);
  });
});
