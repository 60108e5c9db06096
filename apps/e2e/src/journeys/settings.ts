import { adapters } from '../stack/stack';
import { newList, setUp, type World } from '../world/world';
import type { Journey } from './journeys';

const places = (problems: readonly { readonly place: string }[]): readonly string[] => problems.map(({ place }) => place);

/** A1 to A3: set up, checked on entry. */
export function settingsJourneys(journey: Journey): void {
  journey('[A1] a wrong key is refused with its place, and nothing is saved', async (world) => {
    const document = withMailSettings(world, { apiKey: 'wrong-key-of-ecomail' });
    expect(places(await world.stack.api.refusalOf(document))).toContain(`connections.${world.mailId}.settings.apiKey`);
    await nothingSaved(world);
  });

  journey('[A1] an address without Ecomail behind it is refused with its place, and nothing is saved', async (world) => {
    const document = withMailSettings(world, { baseUrl: 'http://127.0.0.1:9' });
    expect(places(await world.stack.api.refusalOf(document))).toContain(`connections.${world.mailId}.settings.baseUrl`);
    await nothingSaved(world);
  });

  journey('[A1] the list is made in Ecomail from name, sender, sender address and reply-to, once', async (world) => {
    await setUp(world);
    await world.stack.api.applyWhenReady(world.document(), adapters);
    const made = world.mail.account().lists.filter(({ name }) => name === newList.name);
    expect(made).toEqual([
      expect.objectContaining({ from_name: newList.fromName, from_email: newList.fromEmail, reply_to: newList.replyTo }),
    ]);
  });

  journey('[A2][A3] tags and record types to pick from are those of the account', async (world) => {
    await setUp(world);
    const offers = await world.stack.api.describeConnection(world.crmId);
    expect(offers).toMatchObject({
      tags: expect.arrayContaining([expect.objectContaining({ key: 'VIP' }), expect.objectContaining({ key: 'newsletter' })]),
      recordTypes: expect.arrayContaining([expect.objectContaining({ key: 'email_private', holds: 'email' })]),
    });
  });

  journey('[A2][A3] an unknown tag and a record type that holds something else are refused with their places', async (world) => {
    const document = world.document({ tags: ['newsleter'], recordTypes: { email: ['email', 'phone'], name: ['osoba'], phone: [] } });
    const at = `links.${world.link}`;
    expect([...places(await world.stack.api.refusalOf(document))].sort()).toEqual([
      `${at}.recordTypes.email[1]`,
      `${at}.recordTypes.name[0]`,
      `${at}.tags[0]`,
    ]);
    await nothingSaved(world);
  });

  journey('[A1][F15] ten mistakes in a document are ten messages, each with its place', async (world) => {
    const at = `links.${world.link}`;
    const document = world.document({
      ...{ list: { name: '', fromName: 'Firma', fromEmail: 'nikdo', replyTo: world.at('info') }, tags: ['newsleter'] },
      ...{ recordTypes: { email: ['mail'], name: ['person'], phone: ['address'] }, brake: { removals: -1, share: 7 } },
      ...{ schedule: { kind: 'daily', at: '25:00', zone: 'Europe/Praha' }, leave: 'forget' },
    });
    expect([...places(await world.stack.api.refusalOf(document))].sort()).toEqual(
      [
        ...['list.name', 'list.fromEmail', 'tags[0]', 'recordTypes.email[0]', 'recordTypes.phone[0]', 'brake.removals', 'brake.share'],
        ...['schedule.at', 'schedule.zone', 'leave'],
      ]
        .map((place) => `${at}.${place}`)
        .sort(),
    );
  });
}

function withMailSettings(world: World, over: Readonly<Record<string, unknown>>) {
  const document = world.document();
  const mail = document.connections[world.mailId];
  return {
    ...document,
    connections: { ...document.connections, [world.mailId]: { provider: 'ecomail', settings: { ...mail?.settings, ...over } } },
  };
}

async function nothingSaved(world: World): Promise<void> {
  const saved = [...(await world.stack.api.connections()), ...(await world.stack.api.links())].map(({ id }) => id);
  expect(saved.filter((id) => [world.mailId, world.crmId, world.link].includes(id))).toEqual([]);
  expect(world.mail.account().lists.map(({ name }) => name)).not.toContain(newList.name);
}
