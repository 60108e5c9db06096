import { addSomeone, inCrm, inMail, setUp, statusOf, subscribed, writes } from '../world/world';
import type { Journey } from './journeys';

/** F11: what a run did is taken back, and stays so. */
export function undoJourneys(journey: Journey): void {
  journey(
    '[F11] an undo takes out whom the run put there, keeps who left by themselves, and holds both until the source moves',
    async (world) => {
      await setUp(world, { mode: 'runs-only' });
      const back = await addSomeone(world, { email: world.at('zpet') });
      await addSomeone(world, { email: world.at('sama') });
      const run = await world.stack.api.run(world.link);
      expect(subscribed(world)).toEqual([world.at('sama'), world.at('zpet')].sort());
      await inMail(world, 'unsubscribe', { email: world.at('sama') });

      const undo = await world.stack.api.waitingUndo(run);
      expect(subscribed(world)).toContain(world.at('zpet'));
      expect(await world.stack.api.approved(undo)).toMatchObject({ state: 'done', mode: 'undo', counts: { removed: 1, created: 0 } });
      expect([statusOf(world, world.at('zpet')), statusOf(world, world.at('sama'))]).toEqual([2, 2]);

      const wrote = writes(world);
      expect(await world.stack.api.run(world.link)).toMatchObject({ state: 'done', counts: { created: 0, updated: 0, removed: 0 } });
      expect(writes(world)).toEqual(wrote);

      await inCrm(world, 'tag', { contact: back.id, tag: 'VIP' });
      await world.settled();
      await world.stack.api.run(world.link);
      expect(statusOf(world, world.at('sama'))).toBe(2);
    },
  );
}
