import { activityObserved, createEvent, contactSynced, failuresView, journalView } from '@kontaktor/contracts';
import { moment } from './fake-clock';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('the diary and the journal', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  const journal = async (s: Scenario, query: string) =>
    journalView.parse((await world.get(`/internal/workspaces/${s.workspaceId}/journal?${query}`)).body);
  const entries = (s: Scenario) => s.entries.flatMap((one) => (one.kind === 'activity' ? [one] : []));

  it('[A9] a delivery becomes one entry in the diary of the contact, however often it is told', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz', { group: 'contact/9' });
    await s.run();
    const delivery = { eventId: 'ecomail:1', address: 'Jan@Firma.cz' };
    await s.deliver(delivery, delivery);
    await s.deliver(delivery, { ...delivery, eventId: 'ecomail:2', kind: 'opened' });
    await s.settled();
    expect(entries(s)).toEqual([
      expect.objectContaining({
        ...{ connectionId: 'crm', remoteId: 'contact/9', slotKey: 'record/1', remotePersonId: 'ecomail:1' },
        activity: expect.objectContaining({ externalId: 'ecomail:1', text: 'Kampaň Jaro doručena na Jan@Firma.cz' }),
      }),
    ]);
    const view = await journal(s, 'address=jan@firma.cz');
    expect(view.countsByKind).toEqual({ campaign_delivered: 1, campaign_opened: 1 });
    expect(view.entries.map(({ state }) => state).sort()).toEqual(['observed', 'waiting']);
    const data = { connectionId: 'crm', remotePersonId: 'ecomail:1', kind: 'activity', version: 1, outcome: 'done', at: moment() } as const;
    await world.publish(contactSynced, [createEvent(contactSynced, s, data)]);
    await s.settled();
    expect((await journal(s, 'address=jan@firma.cz&kind=campaign_delivered')).entries).toMatchObject([{ state: 'written' }]);
  });

  it('[A9][F10] an entry that the diary refuses is listed with its reason, and written when it is tried again', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz', { group: 'contact/9' });
    await s.run();
    await s.deliver({ eventId: 'ecomail:1', address: 'jan@firma.cz' });
    await s.settled();
    const failure = { kind: 'item-rejected', message: '1CLICK answered 403: not an authorised person', attempts: 1 };
    const told = { connectionId: 'crm', remotePersonId: 'ecomail:1', kind: 'activity', version: 1, at: moment() } as const;
    await world.publish(contactSynced, [createEvent(contactSynced, s, { ...told, outcome: 'failed', failure })]);
    await s.settled();
    expect((await journal(s, 'address=jan@firma.cz')).entries).toMatchObject([{ state: 'failed', problem: failure.message }]);
    const failures = async () =>
      failuresView.parse((await world.get(`/internal/workspaces/${s.workspaceId}/failures?linkId=newsletter`)).body);
    expect(await failures()).toMatchObject({
      failures: [{ kind: 'activity', address: 'jan@firma.cz', remotePersonId: 'ecomail:1', problem: failure.message }],
      countsByProblem: [{ problem: failure.message, count: 1 }],
    });
    await s.command('retry-failures', 'newsletter');
    await s.settled();
    expect(entries(s)).toHaveLength(2);
    await world.publish(contactSynced, [createEvent(contactSynced, s, { ...told, outcome: 'done' })]);
    await s.settled();
    expect([(await failures()).failures, (await journal(s, 'address=jan@firma.cz')).entries[0]?.state]).toEqual([[], 'written']);
  });

  it('[A9][F12] of two outcomes of one entry that are told together, the later one counts', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    await s.deliver({ eventId: 'ecomail:1', address: 'jan@firma.cz' });
    await s.settled();
    const failure = { kind: 'provider-unavailable', message: 'away', attempts: 2, retryAt: '2030-01-01T00:00:00.000Z' };
    const told = { connectionId: 'crm', remotePersonId: 'ecomail:1', kind: 'activity', version: 1, at: moment() } as const;
    const [parked, done] = [
      createEvent(contactSynced, s, { ...told, outcome: 'failed', failure }),
      createEvent(contactSynced, s, { ...told, outcome: 'done' }),
    ];
    await world.publish(contactSynced, [parked, done]);
    await s.settled();
    expect((await journal(s, 'address=jan@firma.cz')).entries).toMatchObject([{ state: 'written', problem: null }]);
  });

  it('[A9] a delivery before its contact is known is kept, and written when the contact comes; one to a former address too', async () => {
    const s = await Scenario.begin(world);
    await s.deliver({ eventId: 'ecomail:1', address: 'jan@firma.cz' });
    await s.settled();
    expect((await journal(s, 'address=jan@firma.cz')).entries).toMatchObject([{ state: 'parked', contactId: null }]);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    expect(entries(s).map(({ remoteId }) => remoteId)).toEqual(['person/1']);
    s.crm.edit('person/1', { slots: [{ key: 'record/1', address: 'new@firma.cz' }] });
    await s.run();
    await s.deliver({ eventId: 'ecomail:2', address: 'jan@firma.cz' });
    await s.settled();
    expect(entries(s).map(({ remoteId, activity }) => [remoteId, activity.externalId])).toEqual([
      ['person/1', 'ecomail:1'],
      ['person/1', 'ecomail:2'],
    ]);
  });

  it('[A9] contacts and deliveries that come at the same moment find each other', async () => {
    const s = await Scenario.begin(world);
    s.perParcel = 3;
    for (let id = 1; id <= 40; id += 1) s.crm.person(id, `p${id}@firma.cz`);
    const deliveries = Array.from({ length: 40 }, (_, index) => ({ eventId: `ecomail:${index}`, address: `p${index + 1}@firma.cz` }));
    await Promise.all([s.tellCrm(), ...deliveries.map((one) => s.deliver(one))]);
    await s.settled();
    expect(entries(s)).toHaveLength(40);
  });

  it('[A10] the entries of the team stand among those of campaigns, and can be filtered', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz', { group: 'contact/9' });
    await s.run();
    await s.deliver({ eventId: 'ecomail:1', address: 'jan@firma.cz', at: '2026-03-01T08:00:00.000Z' });
    const call = { connectionId: 'crm', provider: 'oneclick', remoteId: 'contact/9', activityId: 'oneclick:5', kind: 'call' };
    const told = createEvent(activityObserved, s, { ...call, at: '2026-03-02T08:00:00.000Z', text: 'Called', author: 'jana' });
    await world.publish(activityObserved, [told]);
    await s.settled();
    const { entries: all, countsByKind } = await journal(s, 'address=jan@firma.cz');
    expect(all.map(({ id }) => id)).toEqual(['oneclick:5', 'ecomail:1']);
    expect(new Set(all.map(({ contactId }) => contactId)).size).toBe(1);
    expect(countsByKind).toEqual({ call: 1, campaign_delivered: 1 });
    for (const query of ['kind=call', 'from=2026-03-02', `contactId=${all[0]?.contactId}&kind=call`])
      expect((await journal(s, query)).entries.map(({ id }) => id)).toEqual(['oneclick:5']);
    for (const query of ['campaign=jar', 'campaign=12', 'to=2026-03-02'])
      expect((await journal(s, query)).countsByKind).toEqual({ campaign_delivered: 1 });
    const first = await journal(s, 'limit=1');
    expect((await journal(s, `limit=1&before=${encodeURIComponent(first.next ?? '')}`)).entries.map(({ id }) => id)).toEqual(['ecomail:1']);
  });

  it('[A7] a mark is put with each change, not by a run without change, and leaves with the membership', async () => {
    const s = await Scenario.begin(world, { mark: true });
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    await s.run();
    const marks = () => s.entries.splice(0).flatMap((one) => (one.kind === 'mark' ? [[one.slotKey, one.mark?.what ?? null]] : []));
    expect(marks().sort()).toEqual([
      ['record/1', 'Newsletter, newsletter'],
      ['record/2', 'Newsletter, newsletter'],
    ]);
    await s.run();
    expect(marks()).toEqual([]);
    s.crm.edit('person/1', { tags: [] });
    s.mail.optOut('eva@firma.cz');
    s.mail.at('eva@firma.cz').tags = [];
    await s.run();
    expect(marks().sort()).toEqual([
      ['record/1', null],
      ['record/2', null],
    ]);
  });
});
