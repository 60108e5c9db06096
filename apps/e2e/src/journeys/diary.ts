import { eventually } from '@kontaktor/testing';
import { act, addSomeone, inCrm, lookedAgain, madeList, post, setUp, writes, type World } from '../world/world';
import type { Journey } from './journeys';

const names = ['a', 'b', 'c'];

/** A9 and A10: campaigns in the diary, beside what the team wrote. */
export function diaryJourneys(journey: Journey): void {
  journey('[A9] a campaign to the list becomes one diary entry a delivery, with title and address', async (world) => {
    const { ids } = await inList(world);
    await act(world.mail, 'campaigns', { title: 'Jaro 2026', subject: 'Novinky', list: madeList(world) });
    await eventually(() => expect(deliveriesIn(world)).toHaveLength(3));
    await world.settled();
    expect(
      deliveriesIn(world)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(names.map((name) => `Kampaň Jaro 2026 doručena na ${world.at(name)}`));
    expect(
      deliveriesIn(world)
        .map(({ contact_id }) => contact_id)
        .sort(),
    ).toEqual([...ids].sort());
  });

  journey('[A9] duplicates, samples, unknown kinds, batches sent twice and shuffled: still once each', async (world) => {
    const { url } = await inList(world);
    const { id: campaignId } = world.mail.newCampaign('Léto', 'Léto je tu');
    const at = new Date();
    const delivery = (email: string, eventId: string) => ({ kind: 'delivery' as const, email, at, eventId, campaignId });
    const events = names.map(world.at).flatMap((email, index) => [delivery(email, `90${index}`), delivery(email, `90${index}`)]);
    for (const kind of ['webhook-duplicate', 'webhook-shuffle', 'webhook-late'] as const)
      world.mail.faults.add({ kind, times: 1, delayMs: 50 });
    await world.mail.deliver(events, 'batch-1');
    await world.mail.deliver([...events].reverse(), 'batch-1');
    await world.mail.deliver(events, 'batch-2');
    const strange = [
      { msys: {} },
      { msys: { relay_event: { type: 'relay_delivery', event_id: '1' } } },
      { msys: { message_event: { type: 'delivery' } } },
    ];
    expect((await post(url, JSON.stringify(strange))).status).toBe(200);
    await eventually(() => expect(deliveriesIn(world)).toHaveLength(3));
    await world.settled();
    expect(
      deliveriesIn(world)
        .map(({ external_id }) => external_id)
        .sort(),
    ).toEqual(['ecomail:900', 'ecomail:901', 'ecomail:902']);
  });

  journey('[A9] a diary entry sets off no new round', async (world) => {
    await inList(world);
    await world.settled();
    const before = writes(world);
    await act(world.mail, 'campaigns', { title: 'Klid', list: madeList(world) });
    await eventually(() => expect(deliveriesIn(world)).toHaveLength(3));
    await lookedAgain(world);
    await world.settled();
    expect(writes(world)).toBe(before);
  });

  journey('[A9] a delivery to an address that nobody has yet is written when a contact with it comes', async (world) => {
    await inList(world);
    const { id: campaignId } = world.mail.newCampaign('Podzim', 'Podzim');
    await world.mail.deliver([{ kind: 'delivery', email: world.at('pozde'), at: new Date(), eventId: '950', campaignId }]);
    await world.settled();
    expect(deliveriesIn(world)).toEqual([]);
    await addSomeone(world, { email: world.at('pozde') });
    await eventually(() => expect(deliveriesIn(world).map(({ text }) => text)).toEqual([`Kampaň Podzim doručena na ${world.at('pozde')}`]));
  });

  journey('[A9] a diary closed to us: the refusal is shown, the other entries are written', async (world) => {
    const { ids } = await inList(world);
    await inCrm(world, 'authorise', { contact: ids[0], users: ['karel.dvorak'] });
    await act(world.mail, 'campaigns', { title: 'Zavřeno', list: madeList(world) });
    await eventually(async () => {
      const { entries } = await world.stack.api.journal({ address: world.at('a'), kind: 'campaign_delivered' });
      expect(entries.map(({ state }) => state)).toEqual(['failed']);
    });
    await eventually(() => expect(deliveriesIn(world)).toHaveLength(2));
  });

  journey('[A10] the journal shows the team’s own entries among the campaigns, and can be filtered and counted', async (world) => {
    const { ids } = await inList(world);
    await inCrm(world, 'diary', { contact: ids[0], text: 'Telefonát o jarní nabídce', kind: 'call', author: 'karel.dvorak' });
    await act(world.mail, 'campaigns', { title: 'Zima', list: madeList(world) });
    const address = world.at('a');
    const contactId = (await world.stack.api.why(address)).contacts[0]?.contactId ?? '';
    const journal = await eventually(async () => {
      const found = await world.stack.api.journal({ contactId });
      const written = found.entries.filter(({ state, kind }) => kind !== 'campaign_delivered' || state === 'written');
      expect(written.map(({ kind }) => kind).sort()).toEqual(['call', 'campaign_delivered', 'campaign_sent']);
      return found;
    });
    expect(journal.countsByKind).toEqual({ call: 1, campaign_delivered: 1, campaign_sent: 1 });
    expect(journal.entries.find(({ kind }) => kind === 'call')).toMatchObject({
      author: 'karel.dvorak',
      text: 'Telefonát o jarní nabídce',
    });

    const only = async (query: Readonly<Record<string, string>>) => (await world.stack.api.journal(query)).entries.map(({ kind }) => kind);
    expect(await only({ contactId, kind: 'call' })).toEqual(['call']);
    expect(await only({ address, kind: 'campaign_delivered' })).toEqual(['campaign_delivered']);
    const campaign = journal.entries.find(({ kind }) => kind === 'campaign_delivered')?.campaign;
    expect(campaign).toMatchObject({ title: 'Zima' });
    expect((await only({ campaign: campaign?.id ?? '', address })).sort()).toEqual(['campaign_delivered', 'campaign_sent']);
    expect(await only({ contactId, to: '2020-01-01T00:00:00Z' })).toEqual([]);
  });
}

/** Three people in the list. */
async function inList(world: World): Promise<{ readonly url: string; readonly ids: readonly number[] }> {
  const url = await setUp(world);
  const ids: number[] = [];
  for (const name of names) ids.push((await addSomeone(world, { email: world.at(name) })).id);
  await world.stack.api.run(world.link);
  return { url, ids };
}

const deliveriesIn = (world: World) => world.crm.account().diary.filter(({ kind }) => kind === 'campaign_delivered');
