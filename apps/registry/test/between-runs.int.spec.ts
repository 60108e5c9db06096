import { linkTrouble } from '@kontaktor/contracts';
import { eventually } from '@kontaktor/testing';
import { z } from 'zod';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('work between runs', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  it('[D2] nothing travels before the first run; afterwards a change is written without a run', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.tellCrm();
    await s.settled();
    expect(s.mail.requests).toEqual([]);
    await s.run();
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    s.crm.person(2, 'eva@firma.cz');
    await s.tellCrm();
    await s.settled();
    expect(s.mail.at('jan@firma.cz').fields).toEqual({ firstName: 'Honza' });
    expect(s.mail.status('eva@firma.cz')).toBe('subscribed');
    expect((await s.run()).counts).toMatchObject({ unchanged: 2, created: 0, updated: 0 });
  });

  it('[D2] a link that works in runs only leaves changes to the next run', async () => {
    const s = await Scenario.begin(world, { mode: 'runs-only' });
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    await s.tellCrm();
    await s.settled();
    expect(s.mail.at('jan@firma.cz').fields).toEqual({ firstName: 'Jan' });
    expect((await s.run()).counts).toMatchObject({ updated: 1 });
  });

  it('[D2][A6] a change is held while a run writes, and done when it has ended', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    await s.run();
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    s.crm.edit('person/2', { tags: [] });
    await s.tellCrm();
    await eventually(async () => expect(await s.reasonOf('record/2')).toBe('filter.tag-missing'));
    await s.inState(runId, 'upserting');
    expect(s.mail.requests.filter(({ address }) => address === 'eva@firma.cz')).toHaveLength(1);
    s.holdWrites = false;
    await s.writeNow();
    await s.ended(runId);
    await s.settled();
    expect(s.mail.status('eva@firma.cz')).toBe('unsubscribed');
  });

  it('[F5] [F14] removals between runs stop at the brake of 24 hours, however they come', async () => {
    const s = await Scenario.begin(world, { brake: { removals: 3, share: 1 } });
    for (let id = 1; id <= 10; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    await s.run();
    const leave = async (...ids: readonly number[]) => {
      for (const id of ids) s.crm.edit(`person/${id}`, { tags: [] });
      await s.tellCrm();
      await s.settled();
    };
    const left = () => [...s.mail.people.keys()].filter((address) => s.mail.status(address) === 'unsubscribed').length;
    await leave(1, 2);
    expect(left()).toBe(2);
    await leave(3, 4, 5, 6, 7);
    expect(left()).toBeLessThanOrEqual(3);
    await leave(8, 9);
    expect(left()).toBeLessThanOrEqual(3);
    const { body } = await world.get(`/internal/workspaces/${s.workspaceId}/link-troubles`);
    expect(z.array(linkTrouble).parse(body)).toMatchObject([{ failing: 0, held: 9 - left() }]);
    expect(await s.inState(await s.ask(), 'awaiting-approval')).toMatchObject({ problem: expect.stringMatching(/\d removals/) });
    await s.letTimePass();
    expect(left()).toBeLessThanOrEqual(3);
  });

  it('[D10] what others change at the destination is looked at again at once, and what is ours is put back', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    await s.tellMail();
    await s.settled();
    s.mail.at('jan@firma.cz').tags = ['by hand'];
    await s.tellMail();
    await s.settled();
    expect(s.mail.at('jan@firma.cz').tags.sort()).toEqual(['by hand', 'newsletter']);
  });

  it('[D2][E4] a destination that keeps another form of what we wrote is not written to again and again', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    const keepOtherwise = () => void (s.mail.at('jan@firma.cz').fields['firstName'] = 'JAN');
    for (let round = 0; round < 3; round += 1) {
      keepOtherwise();
      await s.tellMail();
      await s.settled();
    }
    expect(s.mail.writes).toHaveLength(1);
    expect((await s.run()).counts).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it('[F12] of changes that come while a write is on its way, the last one is written', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    s.holdWrites = true;
    for (const firstName of ['Honza', 'Jeník', 'Johan']) {
      s.crm.edit('person/1', { fields: { firstName } });
      await s.tellCrm();
      await s.settled();
    }
    s.holdWrites = false;
    await s.writeNow();
    await s.settled();
    expect(s.mail.at('jan@firma.cz').fields).toEqual({ firstName: 'Johan' });
    expect(s.mail.writes.map(({ want }) => want.fields['firstName'])).toEqual(['Jan', 'Johan']);
  });

  it('[F3] a reading older than the one that is known changes nothing, at either end', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    await s.tellMail();
    await s.settled();
    const [oldCrm, oldMail] = [s.crm.observe({ resend: ['person/1'] }), s.mail.observe({ resend: ['jan@firma.cz'] })];
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    await s.tellCrm();
    await s.settled();
    s.mail.at('jan@firma.cz').tags.push('by hand');
    await s.tellMail();
    await s.settled();
    const writes = s.mail.requests.length;
    await s.observe([...oldCrm, ...oldMail]);
    await s.settled();
    expect(s.mail.requests).toHaveLength(writes);
    expect((await s.why('jan@firma.cz')).contacts[0]?.places[0]?.tags.map(({ tag }) => tag)).toContain('by hand');
  });

  it('[F4] a reading that came while a write was on its way is asked for again when the write fails', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    await s.tellMail();
    await s.settled();
    s.holdWrites = true;
    s.mail.refuse = () => ({ outcome: 'failed', failure: { kind: 'item-rejected', message: 'no', attempts: 5 } });
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    await s.tellCrm();
    await s.settled();
    s.mail.at('jan@firma.cz').tags.push('by hand');
    await s.tellMail();
    await s.settled();
    s.holdWrites = false;
    await s.writeNow();
    await s.settled();
    expect(s.resends.map(({ resend }) => resend)).toEqual([['jan@firma.cz']]);
    expect((await s.why('jan@firma.cz')).contacts[0]?.places[0]?.tags.map(({ tag }) => tag)).toContain('by hand');
  });

  it('[F10] what failed between runs can be tried again, one or all', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    s.mail.refuse = () => ({ outcome: 'failed', failure: { kind: 'item-rejected', message: 'no', attempts: 5 } });
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    await s.tellCrm();
    await s.settled();
    s.mail.refuse = () => undefined;
    await s.command('retry-failures', 'newsletter');
    await s.settled();
    expect(s.mail.at('jan@firma.cz').fields).toEqual({ firstName: 'Honza' });
  });

  it('[F12] a parcel told twice, and observations in any order, have one effect', async () => {
    const s = await Scenario.begin(world);
    await s.run();
    s.crm.person(1, 'jan@firma.cz');
    const first = s.crm.observe();
    s.crm.edit('person/1', { fields: { firstName: 'Honza' } });
    const second = s.crm.observe();
    await s.observe([...second, ...first, ...second]);
    await s.observe(first);
    await s.settled();
    expect(s.mail.writes.map(({ want }) => want.fields['firstName'])).toEqual(['Honza']);
  });
});
