import type { ProviderUnderTest } from '@kontaktor/adapter-kit-testing';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator } from '@kontaktor/simulator-ecomail';
import type { ecomail } from '../src';

type Settings = ReturnType<(typeof ecomail)['settings']['parse']>;

const key = 'test-ecomail-key';
const place = 'list/1';
const statusNames: Readonly<Record<number, string>> = {
  ...{ 1: 'subscribed', 2: 'unsubscribed', 3: 'soft-bounced', 4: 'hard-bounced', 5: 'complained', 6: 'unconfirmed' },
};
const own = 4500;
/** Of each ten of the sample one is a soft bounce, which no listing shows. */
const listed = own - own / 10;

export async function startEcomail(): Promise<ProviderUnderTest<Settings> & { readonly simulator: EcomailSimulator }> {
  const simulator = await startEcomailSimulator({ account: () => sampleEcomailAccount({ key, own }), switches: { perMinute: 100_000 } });
  const { book } = simulator;
  const settings: Settings = { baseUrl: simulator.baseUrl, apiKey: key };
  const membershipOf = (address: string) => {
    const list = book.list(1);
    const membership = list === undefined ? undefined : book.membership(list, address);
    if (list === undefined || membership === undefined) throw new TypeError(`${address} is not in the list`);
    return { list, membership };
  };
  const campaign = simulator.newCampaign('Jaro 2026', 'Novinky');
  return {
    simulator,
    settings,
    wrongKey: { ...settings, apiKey: 'another-key' },
    wrongUrl: { ...settings, baseUrl: `${simulator.baseUrl}/elsewhere` },
    ...{ pageRoute: 'GET /lists/:id/subscribers', records: listed },
    fault: (fault) => simulator.faults.add(fault),
    ...{ known: 'vlastni.0@ecomail.example', unknown: 'nobody@ecomail.example' },
    destination: {
      ...{ place, createRoute: 'POST /lists/:id/subscribe-bulk', field: { ours: 'firstName', theirs: 'name' }, refusedAddress: 'no-at' },
      standing: (address) => {
        const person = book.get(address);
        if (person === undefined) return undefined;
        const fields = Object.fromEntries(Object.entries(person.fields).map(([name, value]) => [name, value ?? '']));
        const places = Object.entries(person.lists).map(([id, { status }]) => [`list/${id}`, statusNames[status] ?? '']);
        return { fields, tags: person.tags, places: Object.fromEntries(places) };
      },
      count: () => [...book.people].length,
      setOff: () => simulator.account().triggered,
      unsubscribeByHand: (address) => {
        const { list, membership } = membershipOf(address);
        book.setStatus(list, membership, 2);
      },
      tagByHand: (address, tag) => void book.get(address)?.tags.push(tag),
      newList: { name: 'Zákazníci', fromName: 'Firma', fromEmail: 'info@firma.example', replyTo: 'odpovedi@firma.example' },
      lists: () => simulator.account().lists.length,
    },
    campaign: { id: String(campaign.id), title: 'Jaro 2026' },
    webhooks: samples,
    stop: () => simulator.stop(),
  };
}

const event = {
  ...{ timestamp: '1740000000', event_id: '923', rcpt_to: 'Jana@Firma.example', subject: 'Novinky', campaign_id: 'firma:9' },
  rcpt_meta: { campaign_id: '123', subaccount: 'firma' },
};
const batchOf = (...entries: readonly object[]) => ({
  endpoint: 'campaigns',
  headers: {},
  body: JSON.stringify(entries.map((msys) => ({ msys }))),
});
const readAs = { eventId: 'ecomail:923', address: 'jana@firma.example', at: '2025-02-19T21:20:00.000Z' };

const samples: NonNullable<ProviderUnderTest<Settings>['webhooks']> = [
  { delivery: batchOf({}), events: [], hints: [], ignored: 1 },
  {
    delivery: batchOf({ message_event: { ...event, type: 'delivery' } }),
    ...{ events: [{ ...readAs, kind: 'delivered', campaignId: '123', subject: 'Novinky' }], hints: [], ignored: 0 },
  },
  {
    // Mail of an automation: a delivery without a campaign. A number where the sheet says text.
    delivery: batchOf({ message_event: { ...event, type: 'delivery', event_id: 923, rcpt_meta: { pipeline_id: '31' } } }),
    ...{ events: [{ ...readAs, kind: 'delivered' }], hints: [], ignored: 0 },
  },
  {
    delivery: batchOf(
      { message_event: { ...event, type: 'bounce' } },
      { message_event: { ...event, type: 'bounce' } },
      { unsubscribe_event: { ...event, type: 'link_unsubscribe' } },
      { track_event: { ...event, type: 'initial_open' } },
      { message_event: { ...event, type: 'delay' } },
      { gen_event: { type: 'generation_failure' } },
    ),
    events: [{ kind: 'bounced' }, { kind: 'bounced' }, { kind: 'unsubscribed' }, { kind: 'opened' }],
    ...{ hints: ['jana@firma.example'], ignored: 2 },
  },
  {
    delivery: {
      ...{ endpoint: 'list-status', headers: {} },
      body: '{"payload":{"email":"Jana@firma.example","status":"UNSUBSCRIBED","listId":7,"campaignId":null}}',
    },
    ...{ events: [], hints: ['jana@firma.example'], ignored: 0 },
  },
];
