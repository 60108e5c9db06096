import { eventually } from '@kontaktor/testing';
import { addSomeone, inCrm, inMail, lookedAgain, setUp, statusOf, subscribed, writes, type World } from '../world/world';
import type { Journey } from './journeys';

const upsertRoutes = ['POST /lists/:id/subscribe-bulk', 'PUT /lists/:id/update-subscriber-bulk'];

/** A4, A6 and A7: runs, their order, their marks. */
export function runJourneys(journey: Journey): void {
  journey('[A4] a link runs by itself every 24 hours unless told otherwise, and on demand', async (world) => {
    await setUp(world, { schedule: undefined });
    const hours = await eventually(async () => {
      const { rows } = await world.stack.database.query<{ hours: string }>(
        'SELECT extract(epoch FROM next_slot - anchor) / 3600 AS hours FROM scheduler.link_schedules WHERE link_id = $1',
        [world.link],
      );
      expect(rows).toHaveLength(1);
      return Number(rows[0]?.hours);
    });
    expect(hours).toBeCloseTo(24, 5);
    expect(await world.stack.api.run(world.link)).toMatchObject({ state: 'done', slot: null, requestedBy: expect.any(String) });
  });

  journey('[A4] the period can be set, and when a slot has come a run comes by itself, once', async (world) => {
    await setUp(world, { schedule: { kind: 'every', hours: 6 } });
    await addSomeone(world, { email: world.at('sama') });
    const { database } = world.stack;
    await eventually(async () => {
      // The six hours pass: its anchor and its slot lie so long ago.
      const { rowCount } = await database.query(
        `UPDATE scheduler.link_schedules SET anchor = anchor - interval '6 h', next_slot = next_slot - interval '6 h'
         WHERE link_id = $1 AND next_slot > now() + interval '5 h'`,
        [world.link],
      );
      expect(rowCount).toBe(1);
    });
    await eventually(async () => {
      const { rows } = await database.query('SELECT state, slot IS NOT NULL AS scheduled FROM registry.runs WHERE link_id = $1', [
        world.link,
      ]);
      expect(rows).toEqual([{ state: 'done', scheduled: true }]);
    });
    expect(subscribed(world)).toEqual([world.at('sama')]);
  });

  journey(
    '[A6][F6] a run removes first, only whom we put there, then upserts; other people and their tags stay',
    async (world) => {
      await setUp(world, { list: 'list/1', mode: 'runs-only' });
      await inMail(world, 'tag', { email: world.at('drive'), tag: 'ruční štítek' });
      const foreignTags = tagsOf(world, world.at('cizi'));
      const ours = await addSomeone(world, { email: world.at('nase') });
      const before = await addSomeone(world, { email: world.at('drive') });
      await world.stack.api.run(world.link);
      expect(statusInOld(world, world.at('nase'))).toBe(1);
      expect(tagsOf(world, world.at('drive'))).toEqual(['newsletter', 'ruční štítek']);

      await inCrm(world, 'untag', { contact: ours.id, tag: 'newsletter' });
      await inCrm(world, 'untag', { contact: before.id, tag: 'newsletter' });
      await addSomeone(world, { email: world.at('nova') });
      await world.settled();
      world.mail.journal.reset();
      const run = await world.stack.api.run(world.link);

      expect(run).toMatchObject({ state: 'done', counts: { removed: 2, created: 1, failed: 0 } });
      expect(statusInOld(world, world.at('nase'))).toBe(2);
      expect(statusInOld(world, world.at('nova'))).toBe(1);
      // Was there before us: keeps the place and the tag set by hand, loses ours.
      expect(statusInOld(world, world.at('drive'))).toBe(1);
      expect(tagsOf(world, world.at('drive'))).toEqual(['ruční štítek']);
      expect([statusInOld(world, world.at('cizi')), tagsOf(world, world.at('cizi'))]).toEqual([1, foreignTags]);
      const routes = world.mail.journal.recent.map(({ route }) => route);
      const firstUpsert = routes.findIndex((route) => upsertRoutes.includes(route));
      expect(firstUpsert).toBeGreaterThan(routes.lastIndexOf('DELETE /lists/:id/unsubscribe'));
      expect(routes.slice(firstUpsert)).not.toContain('POST /lists/:id/subscribe');
    },
    { known: ['cizi', 'odhlasena', 'drive'] },
  );

  journey('[A6][F5] a run that would remove more than the brake allows removes nobody, says so, and waits for approval', async (world) => {
    await setUp(world, { mode: 'runs-only', brake: { removals: 100, share: 0.2 } });
    const people = [];
    for (const name of ['a', 'b', 'c']) people.push(await addSomeone(world, { email: world.at(name) }));
    await world.stack.api.run(world.link);
    for (const { id } of people.slice(0, 2)) await inCrm(world, 'hide', { contact: id });
    await world.settled();
    const run = await world.stack.api.waitingRun(world.link);
    expect(run).toMatchObject({ counts: { removed: 0 }, problem: expect.stringContaining('2 of 3 members') });
    expect(subscribed(world)).toHaveLength(3);
    expect(await world.stack.api.approved(run)).toMatchObject({ state: 'done', counts: { removed: 2 } });
    expect(subscribed(world)).toEqual([world.at('c')]);
  });

  journey('[A7] a synced record bears the mark of Ecomail with when and what, and loses it with the membership', async (world) => {
    await setUp(world);
    const { id, record } = await addSomeone(world, { email: world.at('znacka') });
    const { changed_at: changedBefore } = world.crm.book.get(id) ?? {};
    await world.stack.api.run(world.link);
    const mark = await eventually(() => {
      const found = world.crm.account().marks.find(({ record_id }) => record_id === record);
      expect(found).toMatchObject({ system: 'ecomail', what: expect.stringContaining('newsletter') });
      return found;
    });
    expect(Math.abs(Date.now() - Date.parse(mark?.at ?? ''))).toBeLessThan(120_000);

    // The mark is no change of the contact: no new round.
    await world.settled();
    const writesBefore = writes(world);
    await lookedAgain(world);
    await world.settled();
    expect(world.crm.book.get(id)?.changed_at).toBe(changedBefore);
    expect(writes(world)).toBe(writesBefore);

    await inCrm(world, 'hide', { contact: id });
    await eventually(() => expect(world.crm.account().marks.filter(({ record_id }) => record_id === record)).toEqual([]));
    await eventually(() => expect(statusOf(world, world.at('znacka'))).toBe(2));
  });

  journey('[A6][F10] a run without change writes nothing and sends no event a contact', async (world) => {
    await setUp(world);
    for (let index = 0; index < 30; index += 1) await addSomeone(world, { email: world.at(`clovek.${index}`) });
    await world.stack.api.run(world.link);
    await world.settled();
    const [writesAtFirst, marksAtFirst] = [writes(world), marksPut(world)];
    // The next run looks once more at what we wrote; the one after it finds nothing new.
    await world.stack.api.run(world.link);
    await world.settled();
    const [writesBefore, marksBefore] = [writes(world), marksPut(world)];
    const run = await world.stack.api.run(world.link);
    expect(run).toMatchObject({ state: 'done', counts: { eligible: 30, created: 0, updated: 0, removed: 0, unchanged: 30, failed: 0 } });
    await world.settled();
    expect([writes(world), marksPut(world)]).toEqual([writesBefore, marksBefore]);
    expect([writesBefore, marksBefore]).toEqual([writesAtFirst, marksAtFirst]);
    const { rows } = await world.stack.database.query<{ published: string }>(
      'SELECT sum(published) AS published FROM registry.reads WHERE run_id = $1',
      [run.runId],
    );
    expect(Number(rows[0]?.published)).toBe(0);
  });

  journey('[F7] a dry run tells the plan and writes nothing anywhere', async (world) => {
    await setUp(world);
    await addSomeone(world, { email: world.at('nanecisto') });
    const before = [writes(world), marksPut(world)];
    expect(await world.stack.api.run(world.link, 'dry')).toMatchObject({ state: 'done', mode: 'dry', counts: { eligible: 1 } });
    await world.settled();
    expect([writes(world), marksPut(world)]).toEqual(before);
  });

  journey(
    '[A8][F2] what somebody edits in Ecomail in a field that travels is set right with the next run; other fields stay',
    async (world) => {
      await setUp(world);
      const { id, person } = await addSomeone(world, { email: world.at('uprava') });
      await world.stack.api.run(world.link);
      await world.settled();
      await inMail(world, 'edit', { email: world.at('uprava'), fields: { surname: 'Přepsaná', city: 'Brno' } });
      await world.stack.api.run(world.link);
      await world.settled();
      expect(world.mail.book.get(world.at('uprava'))?.fields).toMatchObject({ surname: 'Malá', city: 'Brno' });
      await inCrm(world, 'edit-person', { contact: id, person, last_name: 'Nová' });
      await eventually(() => expect(world.mail.book.get(world.at('uprava'))?.fields).toMatchObject({ surname: 'Nová', city: 'Brno' }));
    },
  );
}

const statusInOld = (world: World, email: string): number | undefined => world.mail.book.get(email)?.lists['1']?.status;
const tagsOf = (world: World, email: string): readonly string[] => [...(world.mail.book.get(email)?.tags ?? [])].sort();
const marksPut = (world: World): number => world.crm.calls.get('POST /marks') ?? 0;
