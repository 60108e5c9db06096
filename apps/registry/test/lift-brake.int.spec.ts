import { peopleView } from '@kontaktor/contracts';
import { issue } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const hour = (n: number): string => new Date(Date.now() + n * 3_600_000).toISOString();

describe('the brake between runs', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  const held = async (s: Scenario) =>
    peopleView.parse((await world.get(`/internal/workspaces/${s.workspaceId}/links/newsletter/people?list=held`)).body).people;
  const left = (s: Scenario) => [...s.mail.people.keys()].filter((address) => s.mail.status(address) === 'unsubscribed').length;

  /** Two left within the limit; three more are held. */
  async function leaving(): Promise<Scenario> {
    const s = await Scenario.begin(world, { brake: { removals: 2, share: 1 } });
    for (let id = 1; id <= 8; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    await s.run();
    for (const ids of [
      [1, 2],
      [3, 4, 5],
    ]) {
      for (const id of ids) s.crm.edit(`person/${id}`, { tags: [] });
      await s.tellCrm();
      await s.settled();
    }
    return s;
  }

  it('[F5] whom it holds is listed with why they would leave and why they are held', async () => {
    const s = await leaving();
    expect(left(s)).toBe(2);
    const people = await held(s);
    expect(people).toHaveLength(3);
    expect(people[0]).toMatchObject({
      ...{ address: 'p3@firma.cz', reason: { code: 'filter.tag-missing' } },
      problem: expect.stringMatching(/[345] removals are more than the link's limit of 2 in 24 hours/),
    });
    s.crm.edit('person/3', { tags: ['newsletter'] });
    await s.tellCrm();
    await s.settled();
    expect(await held(s)).toHaveLength(2);
  });

  it('[F5] a person lifts it for a number of removals until a time; no more pass', async () => {
    const s = await leaving();
    const lift = { command: 'lift-brake' as const, object: 'newsletter', removals: 2, until: hour(1) };
    expect((await issue(s, { ...lift, until: hour(-1) })).refusal).toMatchObject({ code: 'expired' });
    expect((await issue(s, { ...lift, object: 'none' })).refusal).toMatchObject({ code: 'not-found' });
    expect(left(s)).toBe(2);
    expect(await issue(s, lift)).toMatchObject({ refusal: null });
    await s.settled();
    expect(left(s)).toBe(4);
    expect(await held(s)).toHaveLength(1);
    await issue(s, { ...lift, removals: 2 });
    await s.settled();
    expect([left(s), await held(s)]).toEqual([5, []]);
  });

  it('[F5] before the first run has ended nothing can be lifted', async () => {
    const s = await Scenario.begin(world);
    const lift = { command: 'lift-brake' as const, object: 'newsletter', removals: 3, until: hour(1) };
    expect((await issue(s, lift)).refusal).toMatchObject({ code: 'conflict' });
  });
});
