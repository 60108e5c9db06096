import { eventually } from '@kontaktor/testing';
import { act, addSomeone, inCrm, inMail, lookedAgain, madeList, setUp, statusOf, subscribed, type World } from '../world/world';
import type { Journey } from './journeys';

const ten = Array.from({ length: 10 }, (_, index) => `stav.${index}`);
/** In the order of `ten`: 1 subscribed, 2 unsubscribed, 3 soft bounce, 4 hard bounce, 5 complained, 6 not confirmed. */
const statuses = [1, 2, 1, 4, 1, 2, 1, 5, 3, 6];

/** F4 over A6: nobody who opted out is subscribed by us. */
export function consentJourneys(journey: Journey): void {
  journey(
    '[F4] people in every status: a run changes nobody’s status in a list that was there before',
    async (world) => {
      await setUp(world, { list: 'list/1' });
      for (const name of ten) await addSomeone(world, { email: world.at(name) });
      await world.stack.api.run(world.link);
      await world.settled();
      expect(ten.map((name) => world.mail.book.get(world.at(name))?.lists['1']?.status)).toEqual(statuses);
    },
    { known: ten },
  );

  journey(
    '[F4] who unsubscribed, bounced or complained in another list is not subscribed to the new one, and is told why',
    async (world) => {
      await setUp(world);
      for (const name of ten) await addSomeone(world, { email: world.at(name) });
      await world.stack.api.run(world.link);
      await world.settled();
      const after = new Map(ten.map((name, index) => [name, { before: statuses[index], now: statusOf(world, world.at(name)) }]));
      for (const { before, now } of after.values()) {
        if (before === 1) expect(now).toBe(1);
        if (before === 2 || before === 4 || before === 5) expect(now).toBeUndefined();
      }
      expect(await codeOf(world, world.at('stav.1'))).toBe('consent.opted-out');
      expect(await codeOf(world, world.at('stav.3'))).toBe('consent.bounced');
      expect(await codeOf(world, world.at('stav.7'))).toBe('consent.complained');
    },
    { known: ten },
  );

  journey('[F4][A9] who unsubscribes by a campaign’s link stays out, whatever the CRM does', async (world) => {
    await setUp(world);
    const { id, person } = await addSomeone(world, { email: world.at('odhlaseni') });
    await world.stack.api.run(world.link);
    const { id: campaign } = world.mail.newCampaign('Jaro', 'Jaro je tu');
    world.mail
      .account()
      .campaigns.find((one) => one.id === campaign)
      ?.recepient_lists.push(madeList(world));
    await act(world.mail, 'campaign-events', [{ campaign, email: world.at('odhlaseni'), kind: 'link_unsubscribe' }]);
    expect(statusOf(world, world.at('odhlaseni'))).toBe(2);
    await eventually(async () => expect(await codeOf(world, world.at('odhlaseni'))).toBe('consent.opted-out'));
    await pushAbout(world, id, person);
    expect(statusOf(world, world.at('odhlaseni'))).toBe(2);
  });

  journey('[F4] who unsubscribes unseen between two reads stays out, whatever the CRM does', async (world) => {
    await setUp(world);
    const { id, person } = await addSomeone(world, { email: world.at('potichu') });
    await world.stack.api.run(world.link);
    await world.settled();
    await inMail(world, 'unsubscribe', { email: world.at('potichu') });
    await pushAbout(world, id, person);
    expect(statusOf(world, world.at('potichu'))).toBe(2);
    await eventually(async () => expect(await codeOf(world, world.at('potichu'))).toBe('consent.opted-out'));
  });

  journey('[F4] whom we took out and who then unsubscribed too is not brought back by us', async (world) => {
    await setUp(world);
    const { id } = await addSomeone(world, { email: world.at('dvakrat') });
    await world.stack.api.run(world.link);
    await inCrm(world, 'hide', { contact: id });
    await eventually(() => expect(statusOf(world, world.at('dvakrat'))).toBe(2));
    // Ecomail tells times to the second.
    world.mail.clock.skewMs = 5000;
    await inMail(world, 'subscribe', { email: world.at('dvakrat') });
    await inMail(world, 'unsubscribe', { email: world.at('dvakrat') });
    await inCrm(world, 'restore', { contact: id });
    await world.stack.api.run(world.link);
    await lookedAgain(world);
    await world.settled();
    expect(subscribed(world)).toEqual([]);
  });
}

/** Everything that could bring somebody back: an edit, a tag, hidden and shown again, two runs. */
async function pushAbout(world: World, contact: number, person: number): Promise<void> {
  await inCrm(world, 'edit-person', { contact, person, last_name: 'Jiná' });
  await inCrm(world, 'tag', { contact, tag: 'VIP' });
  await world.stack.api.run(world.link);
  await inCrm(world, 'hide', { contact });
  await lookedAgain(world);
  await inCrm(world, 'restore', { contact });
  await lookedAgain(world);
  await world.settled();
  await world.stack.api.run(world.link);
  await world.settled();
}

async function codeOf(world: World, address: string): Promise<string | undefined> {
  const { contacts } = await world.stack.api.why(address);
  return contacts.flatMap(({ profiles }) => profiles).find(({ linkId }) => linkId === world.link)?.reason.code;
}
