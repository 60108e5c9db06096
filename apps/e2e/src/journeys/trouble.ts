import { eventually } from '@kontaktor/testing';
import { act, addSomeone, inCrm, madeList, post, setUp, statusOf, subscribed, type World } from '../world/world';
import type { Journey } from './journeys';

const bulk = 'POST /lists/:id/subscribe-bulk';
const passing = [
  { kind: 'html' },
  { kind: 'cut-body' },
  { kind: 'wrong-type' },
  { kind: '500' },
  { kind: '503', retryAfter: 1 },
  { kind: '429' },
  { kind: '429', retryAfter: 1 },
  { kind: 'lost-answer' },
  { kind: 'slow', delayMs: 4000 },
] as const;

/** F12 under A6 and A9: what providers answer in bad hours, and what comes to the webhook. */
export function troubleJourneys(journey: Journey): void {
  for (const fault of passing) {
    const name = 'retryAfter' in fault ? `${fault.kind} with Retry-After` : fault.kind;
    journey(`[F12] ${name} at a bulk write: everybody is in once, and nobody twice`, async (world) => {
      await setUp(world);
      for (const email of [world.at('x'), world.at('y')]) await addSomeone(world, { email });
      world.mail.faults.add({ ...fault, route: bulk, times: 1 });
      await world.stack.api.run(world.link);
      await eventually(() => expect(subscribed(world)).toEqual([world.at('x'), world.at('y')]));
      await world.settled();
      expect(await world.stack.api.failures({ link: world.link })).toMatchObject({ failures: [] });
      expect(world.mail.faults.waiting).toEqual([]);
    });
  }

  for (const kind of ['html', 'cut-body', '500', '429'] as const) {
    journey(`[F5][F12] ${kind} while reading: nobody is taken out for what was not seen`, async (world) => {
      await setUp(world, { mode: 'runs-only' });
      for (const email of [world.at('x'), world.at('y')]) await addSomeone(world, { email });
      await world.stack.api.run(world.link);
      world.crm.faults.add({ kind, route: 'GET /contacts', times: 1, retryAfter: 1 });
      world.mail.faults.add({ kind, route: 'GET /lists/:id/subscribers', times: 1, retryAfter: 1 });
      const run = await world.stack.api.run(world.link);
      expect(run.counts.removed).toBe(0);
      expect(subscribed(world)).toEqual([world.at('x'), world.at('y')]);
    });
  }

  for (const kind of ['401', '403'] as const) {
    journey(`[F10][F12] ${kind} suspends the connection, is shown, and nothing is lost when it works again`, async (world) => {
      await setUp(world);
      await world.stack.api.run(world.link);
      world.mail.faults.add({ kind, times: 10_000 });
      await addSomeone(world, { email: world.at('ceka') });
      await eventually(async () => {
        const { failures } = await world.stack.api.failures({ link: world.link });
        expect(failures.map(({ outcome, address }) => [outcome, address])).toEqual([['suspended', world.at('ceka')]]);
      });
      world.mail.faults.clear();
      await eventually(async () => expect(await world.stack.api.checkConnection(world.mailId)).toMatchObject({ ok: true }));
      await world.stack.api.run(world.link);
      await eventually(() => expect(statusOf(world, world.at('ceka'))).toBe(1));
    });
  }

  journey('[F12] an answer lost after somebody was taken out: read first, and they can come back', async (world) => {
    await setUp(world);
    const { id } = await addSomeone(world, { email: world.at('nejista') });
    await world.stack.api.run(world.link);
    world.mail.faults.add({ kind: 'lost-answer', route: 'DELETE /lists/:id/unsubscribe', times: 1 });
    await inCrm(world, 'hide', { contact: id });
    await eventually(() => expect(statusOf(world, world.at('nejista'))).toBe(2));
    await world.settled();
    expect(world.mail.calls.get('DELETE /lists/:id/unsubscribe')).toBe(1);
  });

  journey('[A9][F12] an answer lost after a diary entry was written: still one entry', async (world) => {
    await setUp(world);
    await addSomeone(world, { email: world.at('denik') });
    await world.stack.api.run(world.link);
    world.crm.faults.add({ kind: 'lost-answer', route: 'POST /diary/batch', times: 1 });
    await act(world.mail, 'campaigns', { title: 'Jednou', list: madeList(world) });
    await eventually(async () => {
      const { entries } = await world.stack.api.journal({ address: world.at('denik'), kind: 'campaign_delivered' });
      expect(entries.filter(({ campaign }) => campaign?.title === 'Jednou').map(({ state }) => state)).toEqual(['written']);
    });
    expect(world.crm.account().diary.filter(({ text }) => text.includes('Jednou'))).toHaveLength(1);
  });

  journey('[A9] a webhook with a wrong secret, too big or not JSON harms nobody', async (world) => {
    const url = await setUp(world);
    await addSomeone(world, { email: world.at('hacek') });
    await world.stack.api.run(world.link);
    expect((await post(`${url.slice(0, -1)}${url.endsWith('x') ? 'y' : 'x'}`, '[]')).status).toBe(404);
    expect((await post(url, `[${' '.repeat(1_100_000)}]`)).status).toBe(413);
    expect((await post(url, 'not JSON')).status).toBe(200);
    expect((await post(url, '{"msys":1}')).status).toBe(200);
    await act(world.mail, 'campaigns', { title: 'Dál', list: madeList(world) });
    await eventually(() => expect(deliveryCount(world, 'Dál')).toBe(1));
  });
}

const deliveryCount = (world: World, title: string): number => world.crm.account().diary.filter(({ text }) => text.includes(title)).length;
