import { addSomeone, inCrm, madeList, setUp, statusOf, subscribed, type World } from '../world/world';
import type { Journey } from './journeys';

/** A5 and A8: who travels, and with what. */
export function selectionJourneys(journey: Journey): void {
  journey('[A5][F8] each of the four rules keeps a contact out and is told as the reason', async (world) => {
    await setUp(world);
    await addSomeone(world, { email: world.at('dovnitr') });
    await addSomeone(world, { email: world.at('stitek-zaznamu'), tags: [], record_tags: ['VIP'] });
    const hidden = await addSomeone(world, { email: world.at('skryta') });
    await inCrm(world, 'hide', { contact: hidden.id });
    await addSomeone(world, { email: world.at('bez-stitku'), tags: ['dodavatel'] });
    await addSomeone(world, { email: 'zavinac(zavinac)firma.example' });
    const other = await addSomeone(world, { name: 'Jen soukromá' });
    await inCrm(world, 'add-record', { contact: other.id, type: 'email_private', person_id: other.person, value: world.at('soukroma') });

    expect(await world.stack.api.run(world.link)).toMatchObject({ state: 'done', counts: { eligible: 2, created: 2, failed: 0 } });
    expect(subscribed(world)).toEqual([world.at('dovnitr'), world.at('stitek-zaznamu')]);
    expect(await reasonsOf(world, world.at('skryta'))).toEqual(['source.removed']);
    expect(await reasonsOf(world, world.at('bez-stitku'))).toEqual(['filter.tag-missing']);
    const codes = (await world.stack.api.people(world.link, { list: 'excluded', limit: 200 })).people
      .map(({ reason }) => reason.code)
      .sort();
    expect(codes).toEqual(['address.malformed', 'filter.tag-missing', 'record-type.missing', 'source.removed']);
  });

  journey('[A5][F8] the reason says what would change it, in English and Czech', async (world) => {
    await setUp(world);
    await addSomeone(world, { email: world.at('bez-stitku'), tags: ['dodavatel'] });
    await world.stack.api.run(world.link);
    const [contact] = (await world.stack.api.why(world.at('bez-stitku'))).contacts;
    expect(contact?.profiles[0]).toMatchObject({
      eligible: false,
      reason: { text: { en: expect.stringContaining('Add one of the tags'), cs: expect.stringContaining('Přidejte některý ze štítků') } },
    });
  });

  journey('[A8] e-mail, company, names, both titles, phone and all chosen tags travel', async (world) => {
    await setUp(world);
    const { id } = await addSomeone(world, {
      ...{ email: ` ${world.at('Zofie')} `, name: 'Žluťoučký kůň s.r.o.', first_name: 'Ing. Žofie', last_name: 'Žluťoučká, Ph.D.' },
      ...{ tags: ['VIP', 'dodavatel'], record_tags: ['newsletter'] },
    });
    await inCrm(world, 'add-record', { contact: id, type: 'mobile', value: '+420 600 123 456' });
    await world.stack.api.run(world.link);
    const person = world.mail.book.get(world.at('zofie'));
    expect(person?.fields).toMatchObject({
      ...{ name: 'Žofie', surname: 'Žluťoučká', pretitle: 'Ing.', surtitle: 'Ph.D.', company: 'Žluťoučký kůň s.r.o.' },
      phone: expect.stringMatching(/^\+420 ?600 ?123 ?456$/),
    });
    expect([...(person?.tags ?? [])].sort()).toEqual(['VIP', 'newsletter']);
    expect(person?.lists[String(madeList(world))]?.status).toBe(1);
  });

  journey('[A5][A8] several addresses on one contact travel each, one address on two contacts once', async (world) => {
    await setUp(world);
    const { id } = await addSomeone(world, { email: world.at('prvni') });
    await inCrm(world, 'add-record', { contact: id, type: 'email', value: world.at('druhy') });
    await addSomeone(world, { email: world.at('prvni'), name: 'Jiná firma', first_name: 'Petr', last_name: 'Jiný' });
    await world.stack.api.run(world.link);
    expect(subscribed(world)).toEqual([world.at('druhy'), world.at('prvni')]);
    expect([...(await reasonsOf(world, world.at('prvni')))].sort()).toEqual(['address.shared', 'eligible']);
    // The first contact carries it, not the one that came later.
    expect(world.mail.book.get(world.at('prvni'))?.fields).toMatchObject({ name: 'Jana', surname: 'Malá' });
    expect(statusOf(world, world.at('druhy'))).toBe(1);
  });
}

/** Codes of the reasons of every profile with this address. */
async function reasonsOf(world: World, address: string): Promise<readonly string[]> {
  const { contacts } = await world.stack.api.why(address);
  const profiles = contacts.flatMap((contact) => contact.profiles);
  return profiles.filter((profile) => profile.linkId === world.link && profile.address === address).map(({ reason }) => reason.code);
}
