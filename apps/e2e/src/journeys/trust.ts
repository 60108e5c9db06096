import { eventually } from '@kontaktor/testing';
import { addSomeone, inMail, setUp, subscribed, writes } from '../world/world';
import type { Journey } from './journeys';

/** F5 to F9: nothing is written that was not meant. */
export function trustJourneys(journey: Journey): void {
  journey('[F7][F9] a first run waits with its plan; what was approved is written, quietly, the canary first', async (world) => {
    await setUp(world, { firstRun: undefined, canary: 2, contactLimit: 3 });
    for (const name of ['a', 'b', 'c', 'd']) await addSomeone(world, { email: world.at(name) });
    const { api } = world.stack;
    const waiting = await api.waitingRun(world.link);
    expect(waiting.warnings).toEqual([expect.stringContaining('more than the 3 of your plan there')]);
    const { items } = await api.plan(waiting.runId, { limit: 1 });
    expect(items).toMatchObject([{ operation: 'create', writes: [{ create: true, addTags: ['newsletter'] }] }]);
    expect(writes(world)).toBe(writesOfSetUp);
    await expect(api.approveRun(waiting.runId, 'f'.repeat(64))).rejects.toMatchObject({ status: 409 });
    expect(await api.approved(waiting)).toMatchObject({ state: 'done', approvedBy: expect.any(String), counts: { created: 4 } });
    expect(subscribed(world)).toHaveLength(4);
    await expect(api.approveRun(waiting.runId, waiting.planHash ?? '')).rejects.toMatchObject({ status: 409 });
  });

  journey(
    '[F6][F7] a link is deleted when its last run, which was approved, has taken out what it put there; others stay',
    async (world) => {
      await setUp(world, { list: 'list/1' });
      await inMail(world, 'tag', { email: world.at('drive'), tag: 'ruční štítek' });
      for (const name of ['nase', 'drive']) await addSomeone(world, { email: world.at(name) });
      const { api } = world.stack;
      await api.run(world.link);
      const { runId } = await api.deleteLink(world.link, 'take-out');
      const last = await eventually(async () => {
        const run = await api.runOf(runId ?? '');
        expect(run?.state).toBe('awaiting-approval');
        return run;
      });
      expect((await api.links()).map(({ id }) => id)).toContain(world.link);
      if (last !== undefined) expect(await api.approved(last)).toMatchObject({ state: 'done', problem: null });
      const status = (name: string) => world.mail.book.get(world.at(name))?.lists['1']?.status;
      expect([status('nase'), status('drive')]).toEqual([2, 1]);
      expect(world.mail.book.get(world.at('drive'))?.tags).toEqual(['ruční štítek']);
      await eventually(async () => expect((await api.links()).map(({ id }) => id)).not.toContain(world.link));
    },
    { known: ['cizi', 'odhlasena', 'drive'] },
  );
}

/** Making the list. */
const writesOfSetUp = 1;
