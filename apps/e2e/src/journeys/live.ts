import { eventually } from '@kontaktor/testing';
import { addSomeone, inCrm, setUp, statusOf, subscribed } from '../world/world';
import type { Journey } from './journeys';

/** What travels between runs. */
export function liveJourneys(journey: Journey): void {
  journey('[A4][A5] a change travels without a run: new, edited, tagged and untagged', async (world) => {
    await setUp(world);
    await world.stack.api.run(world.link);
    const { id, person } = await addSomeone(world, { email: world.at('ziva') });
    await eventually(() => expect(statusOf(world, world.at('ziva'))).toBe(1));
    await inCrm(world, 'edit-person', { contact: id, person, last_name: 'Velká' });
    await eventually(() => expect(world.mail.book.get(world.at('ziva'))?.fields).toMatchObject({ surname: 'Velká' }));
    await inCrm(world, 'tag', { contact: id, tag: 'VIP' });
    await eventually(() => expect(world.mail.book.get(world.at('ziva'))?.tags).toContain('VIP'));
    await inCrm(world, 'untag', { contact: id, tag: 'VIP' });
    await eventually(() => expect(world.mail.book.get(world.at('ziva'))?.tags).toEqual(['newsletter']));
  });

  journey('[A5][F3] a hidden contact leaves, and comes back when it is shown again', async (world) => {
    await setUp(world);
    const { id } = await addSomeone(world, { email: world.at('navrat') });
    await world.stack.api.run(world.link);
    await inCrm(world, 'hide', { contact: id });
    await eventually(() => expect(statusOf(world, world.at('navrat'))).toBe(2));
    await inCrm(world, 'restore', { contact: id });
    await eventually(() => expect(statusOf(world, world.at('navrat'))).toBe(1));
  });

  journey('[A5][F3] two merged contacts: the addresses of both stay, and nobody is taken out', async (world) => {
    await setUp(world);
    const loser = await addSomeone(world, { email: world.at('poražená').normalize('NFD').replace(/\p{M}/gu, '') });
    const winner = await addSomeone(world, { email: world.at('vitez'), name: 'Vítěz' });
    await world.stack.api.run(world.link);
    await inCrm(world, 'merge', { contact: loser.id, into: winner.id });
    await eventually(() => expect(world.mail.book.get(world.at('porazena'))?.fields).toMatchObject({ company: 'Vítěz' }));
    await world.settled();
    expect(subscribed(world)).toEqual([world.at('porazena'), world.at('vitez')]);
    expect(world.mail.calls.get('DELETE /lists/:id/unsubscribe') ?? 0).toBe(0);
  });

  journey('[A5][F3] an address edited in place moves the person: the new one is in, the old one out', async (world) => {
    await setUp(world);
    const { id, record } = await addSomeone(world, { email: world.at('stara') });
    await world.stack.api.run(world.link);
    await inCrm(world, 'edit-record', { contact: id, record, value: world.at('nova') });
    await eventually(() => expect([statusOf(world, world.at('nova')), statusOf(world, world.at('stara'))]).toEqual([1, 2]));
  });

  journey('[A5] a deleted mail record leaves, the other address of the contact stays', async (world) => {
    await setUp(world);
    const { id, record } = await addSomeone(world, { email: world.at('smazana') });
    await inCrm(world, 'add-record', { contact: id, type: 'email', value: world.at('zbyla') });
    await world.stack.api.run(world.link);
    await inCrm(world, 'delete-record', { contact: id, record });
    await eventually(() => expect(statusOf(world, world.at('smazana'))).toBe(2));
    expect(subscribed(world)).toEqual([world.at('zbyla')]);
  });
}
