import { eventually } from '@kontaktor/testing';
import { issue } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const rejected = { outcome: 'failed', failure: { kind: 'item-rejected', message: 'Ecomail refused it', attempts: 1 } } as const;
const later = { kind: 'provider-unavailable', message: 'away', attempts: 1, retryAt: '2030-01-01T00:00:00.000Z' };

describe('states of a run', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  async function withMembers(count: number, link: Parameters<typeof Scenario.begin>[1] = {}): Promise<Scenario> {
    const s = await Scenario.begin(world, link);
    for (let id = 1; id <= count; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    await s.run();
    return s;
  }

  it('[F7] a dry run counts what would happen and writes nothing, then or later', async () => {
    const s = await withMembers(3);
    s.crm.edit('person/1', { tags: [] });
    s.crm.person(4, 'p4@firma.cz');
    const requests = s.mail.requests.length;
    const view = await s.run('dry');
    expect(view).toMatchObject({ state: 'done', planHash: expect.stringMatching(/^[0-9a-f]{64}$/), counts: { eligible: 3, excluded: 1 } });
    await s.letTimePass();
    expect(s.mail.requests).toHaveLength(requests);
    const again = await s.run('dry');
    expect(again.planHash).toBe(view.planHash);
  });

  it('[F5] a run that would remove more than the number or the share waits with its counts, and writes nothing, then or later', async () => {
    for (const brake of [
      { removals: 2, share: 1 },
      { removals: 100, share: 0.5 },
    ]) {
      const s = await withMembers(4, { brake });
      for (const id of [1, 2, 3]) s.crm.edit(`person/${id}`, { tags: [] });
      s.crm.person(5, 'p5@firma.cz');
      const requests = s.mail.requests.length;
      const view = await s.inState(await s.ask(), 'awaiting-approval');
      expect(view).toMatchObject({ problem: expect.stringMatching(/approval.*(3 removals|3 of 4)/) });
      expect(view.counts).toMatchObject({ eligible: 2, excluded: 3, removed: 0, created: 0 });
      await s.letTimePass();
      expect(s.mail.requests).toHaveLength(requests);
    }
  });

  it('[F5] a read that is not complete, or shows nobody, removes nobody', async () => {
    const s = await withMembers(3);
    s.crm.edit('person/1', { tags: [] });
    s.readEnd = { crm: { complete: false, problem: 'page 3 was cut' } };
    expect(await s.run()).toMatchObject({ state: 'failed', problem: expect.stringContaining('page 3 was cut') });
    s.readEnd = {};
    for (const id of [1, 2, 3]) s.crm.remove(`person/${id}`);
    expect(await s.run()).toMatchObject({ state: 'failed', problem: expect.stringContaining('showed nobody') });
    await s.letTimePass();
    expect(s.mail.writes).toHaveLength(3);
  });

  it('[F10] a person who failed is listed with the cause, and the next run tries again', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    s.mail.refuse = ({ address }) => (address === 'jan@firma.cz' ? rejected : undefined);
    expect((await s.run()).counts).toMatchObject({ eligible: 2, created: 1, failed: 1, unchanged: 0 });
    const { body } = await world.get(`/internal/workspaces/${s.workspaceId}/failures?linkId=newsletter`);
    expect(body).toMatchObject({ failures: [{ address: 'jan@firma.cz', problem: 'Ecomail refused it' }], countsByProblem: [{ count: 1 }] });
    s.mail.refuse = () => undefined;
    expect((await s.run()).counts).toMatchObject({ eligible: 2, created: 1, failed: 0, unchanged: 1 });
    expect((await world.get(`/internal/workspaces/${s.workspaceId}/failures`)).body).toMatchObject({ failures: [] });
  });

  it('[F10][F12] a write that waits for another try does not hold the run, and its later success is counted nowhere twice', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await eventually(() => expect(s.mail.waiting).toBe(2));
    s.mail.refuse = ({ address }) => (address === 'jan@firma.cz' ? { outcome: 'failed', failure: later } : undefined);
    const [jan] = s.mail.work(({ address }) => address === 'jan@firma.cz');
    s.holdWrites = false;
    await s.writeNow();
    const { counts } = await s.ended(runId);
    expect(counts).toMatchObject({ created: 1, failed: 1, unchanged: 0, eligible: 2 });
    s.mail.refuse = () => undefined;
    if (jan !== undefined) s.mail.accept([jan]);
    await s.writeNow();
    await s.settled();
    expect(s.mail.status('jan@firma.cz')).toBe('subscribed');
    const after = await s.view(runId);
    expect(after).toMatchObject({ counts: { ...counts, providerCalls: counts.providerCalls + 1 }, progress: { done: 2, total: 2 } });
    expect((await s.run()).counts).toMatchObject({ unchanged: 2, created: 0 });
  });

  it('[F10] a cancelled run writes no more, then or later; the next one does', async () => {
    const s = await withMembers(1);
    for (let id = 2; id <= 4; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await s.settled();
    await s.command('cancel-run', runId);
    expect(await s.ended(runId)).toMatchObject({ state: 'cancelled', problem: expect.stringContaining('jana') });
    s.holdWrites = false;
    await s.writeNow();
    await s.settled();
    await s.letTimePass();
    expect(s.mail.writes).toHaveLength(1);
    expect(s.mail.people.size).toBe(1);
    expect((await s.run()).counts).toMatchObject({ created: 3, unchanged: 1, failed: 0 });
  });

  it.each(['requested', 'reading', 'removing', 'upserting', 'awaiting-approval'])(
    '[F10] a run that is %s can be cancelled; what it wrote stays and is told',
    async (state) => {
      const brake = state === 'awaiting-approval' ? { removals: 0, share: 0 } : { removals: 100, share: 1 };
      const s = await withMembers(2, { brake });
      s.crm.edit('person/1', { tags: [] });
      s.crm.person(3, 'p3@firma.cz');
      s.holdReads = state === 'reading';
      s.holdWrites = state !== 'awaiting-approval';
      const runId = await s.ask('full', state === 'requested' ? 'not-known-yet' : 'newsletter');
      await s.inState(runId, state === 'upserting' ? 'removing' : state);
      if (state === 'removing' || state === 'upserting') await eventually(() => expect(s.mail.waiting).toBe(1));
      if (state === 'upserting') {
        await s.writeNow();
        await s.inState(runId, 'upserting');
      }
      expect(await issue(s, { command: 'cancel-run', object: runId })).toMatchObject({ refusal: null });
      expect(await s.ended(runId)).toMatchObject({
        ...{ state: 'cancelled', problem: expect.stringContaining('jana') },
        counts: { created: 0, removed: state === 'upserting' ? 1 : 0 },
      });
      await s.readNow();
      await s.writeNow();
      await s.settled();
      await s.letTimePass();
      expect(s.mail.writes).toHaveLength(state === 'upserting' ? 3 : 2);
    },
  );

  it('[A4] a run asked for while one is on is kept, with the reason', async () => {
    const s = await withMembers(1);
    s.holdReads = true;
    const first = await s.ask();
    await s.inState(first, 'reading');
    const second = await s.ask();
    expect(await s.ended(second)).toMatchObject({ state: 'superseded', problem: expect.stringContaining('still on') });
    await s.readNow();
    expect(await s.ended(first)).toMatchObject({ state: 'done' });
  });

  it('[B10] an edit of the link while it reads supersedes the run; the next one decides all anew', async () => {
    const s = await withMembers(2);
    s.holdReads = true;
    const runId = await s.ask();
    await s.inState(runId, 'reading');
    await s.link({ version: 2, tags: ['VIP'] });
    await s.readNow();
    expect(await s.ended(runId)).toMatchObject({ state: 'superseded', linkVersion: 1 });
    await s.settled();
    expect(s.mail.writes).toHaveLength(2);
    expect(await s.run()).toMatchObject({ linkVersion: 2, counts: { removed: 2, eligible: 0, excludedBy: { 'filter.tag-missing': 2 } } });
  });

  it('[F10] a run whose link is switched off, or whose connection is not known, says so', async () => {
    const s = await withMembers(1);
    await s.link({ version: 2, enabled: false });
    expect(await s.run()).toMatchObject({ state: 'failed', problem: 'the link is switched off' });
  });

  it('[F10] the records that could not be taken in fail the run by name', async () => {
    const s = await withMembers(1);
    s.holdReads = true;
    const runId = await s.ask();
    await s.inState(runId, 'reading');
    s.crm.put('person/2', { changedAt: 'x', slots: [{ key: 'a', address: 'a@b.cz\0' }] });
    s.crm.put('person/3', {
      fields: { firstName: 'with a NUL \0' },
      tags: ['newsletter'],
      slots: [{ key: 'record/3', address: 'c@d.cz' }],
    });
    await s.readNow();
    expect(await s.ended(runId)).toMatchObject({ state: 'failed', problem: expect.stringContaining('could not be taken in') });
  });

  it('[F10] a run tells of itself until its end, with counts that add up', async () => {
    const s = await withMembers(5);
    const states = [...new Set(s.progress.map(({ state }) => state))];
    expect(states).toEqual(['requested', 'reading', 'planning', 'removing', 'upserting', 'done']);
    for (const { counts, progress } of s.progress) {
      expect(counts.eligible).toBe(counts.created + counts.updated + counts.unchanged + counts.failed);
      expect(progress.done).toBeLessThanOrEqual(progress.total);
    }
  });
});
