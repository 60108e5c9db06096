import { moment } from './fake-clock';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('who is who', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  it('[A3][D8] each address of a record of a chosen type is a profile of its own', async () => {
    const s = await Scenario.begin(world);
    const slots = [
      { key: 'record/1', address: 'jan@firma.cz' },
      { key: 'record/2', address: 'jan.novak@firma.cz' },
      { key: 'record/3', address: 'private@home.cz', type: 'email_private' },
    ];
    s.crm.put('person/1', { fields: { firstName: 'Jan' }, tags: ['newsletter'], slots });
    expect((await s.run()).counts).toMatchObject({ read: 1, eligible: 2, created: 2, excluded: 0 });
    expect([...s.mail.people.keys()].sort()).toEqual(['jan.novak@firma.cz', 'jan@firma.cz']);
    expect((await s.why('private@home.cz')).contacts).toHaveLength(1);
  });

  it.each([
    ['first', ['VIP', 'newsletter'], 'record/1', 1],
    ['newest', ['newsletter'], 'record/2', 1],
    ['merge', ['VIP', 'newsletter'], 'record/1', 1],
    ['skip', undefined, undefined, 0],
  ] as const)(
    '[B8][F3] of two records with one address the rule %s decides, and the other says why',
    async (rule, tags, winner, created) => {
      const s = await Scenario.begin(world, { sharedAddress: rule });
      s.crm.person(1, 'info@firma.cz', { tags: ['newsletter', 'VIP'], changedAt: '2026-01-01T00:00:00.000Z' });
      s.crm.person(2, 'info@firma.cz', { tags: ['newsletter'], changedAt: '2026-02-01T00:00:00.000Z' });
      const { counts } = await s.run();
      expect(counts).toMatchObject({ created, eligible: created, excluded: 2 - created, excludedBy: { 'address.shared': 2 - created } });
      expect(s.mail.people.get('info@firma.cz')?.tags.sort()).toEqual(tags);
      for (const slot of ['record/1', 'record/2']) expect(await s.reasonOf(slot)).toBe(slot === winner ? 'eligible' : 'address.shared');
    },
  );

  it('[B8][F3] who shares an address takes over when the first leaves, without an unsubscribe in between', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'info@firma.cz');
    s.crm.person(2, 'info@firma.cz', { fields: { firstName: 'Eva' } });
    await s.run();
    s.mail.requests.length = 0;
    s.crm.edit('person/1', { tags: [] });
    expect((await s.run()).counts).toMatchObject({ removed: 0, updated: 1, eligible: 1, excluded: 1 });
    s.crm.edit('person/1', { tags: ['newsletter'] });
    await s.tellCrm();
    await s.settled();
    expect(s.mail.requests.flatMap(({ want }) => want.unsubscribe)).toEqual([]);
    expect(s.mail.at('info@firma.cz')).toMatchObject({ fields: { firstName: 'Jan' }, places: { 'list/7': { status: 'subscribed' } } });
  });

  it('[F3] an address edited in place: the old one leaves, the new one comes, each once', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'old@firma.cz');
    s.crm.person(2, 'other@firma.cz');
    await s.run();
    s.crm.edit('person/1', { slots: [{ key: 'record/1', address: 'new@firma.cz' }] });
    expect((await s.run()).counts).toMatchObject({ removed: 1, created: 1, updated: 0, unchanged: 1, eligible: 2 });
    expect([s.mail.status('old@firma.cz'), s.mail.status('new@firma.cz')]).toEqual(['unsubscribed', 'subscribed']);
    const { contacts } = await s.why('old@firma.cz');
    expect(contacts[0]?.addresses).toEqual([
      { address: 'new@firma.cz', current: true },
      { address: 'old@firma.cz', current: false },
    ]);
  });

  it('[F3] an address whose removal failed after an edit is removed by a later run', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'old@firma.cz');
    s.crm.person(2, 'other@firma.cz');
    await s.run();
    s.crm.edit('person/1', { slots: [{ key: 'record/1', address: 'new@firma.cz' }] });
    s.mail.refuse = ({ address }) =>
      address === 'old@firma.cz' ? { outcome: 'failed', failure: { kind: 'item-rejected', message: 'no', attempts: 5 } } : undefined;
    expect((await s.run()).counts).toMatchObject({ removed: 0, created: 1 });
    expect(s.mail.status('new@firma.cz')).toBe('subscribed');
    s.mail.refuse = () => undefined;
    expect((await s.run()).counts).toMatchObject({ removed: 1, unchanged: 2 });
    expect(s.mail.status('old@firma.cz')).toBe('unsubscribed');
  });

  it('[F3] an address edited again and again while its removals wait leaves nobody behind', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'a@firma.cz');
    await s.run();
    s.mail.refuse = ({ want }) => {
      const failure = { kind: 'provider-unavailable', message: 'away', attempts: 1, retryAt: '2030-01-01T00:00:00.000Z' };
      return want.unsubscribe.length > 0 ? { outcome: 'failed', failure, again: true } : undefined;
    };
    for (const address of ['b@firma.cz', 'c@firma.cz', 'd@firma.cz']) {
      s.crm.edit('person/1', { slots: [{ key: 'record/1', address }] });
      await s.tellCrm();
      await s.settled();
    }
    s.mail.refuse = () => undefined;
    await s.run();
    expect(['a', 'b', 'c', 'd'].map((name) => s.mail.status(`${name}@firma.cz`))).toEqual([
      ...['unsubscribed', 'unsubscribed', 'unsubscribed', 'subscribed'],
    ]);
  });

  it('[F3][F12] outcomes of several addresses of one profile that are told together all count', async () => {
    const s = await Scenario.begin(world, { brake: { removals: 1000, share: 1 } });
    const ids = Array.from({ length: 20 }, (_, index) => index + 1);
    const edit = async (name: string) => {
      for (const id of ids) s.crm.person(id, `${name}${id}@firma.cz`);
      await s.tellCrm();
      await s.settled();
    };
    await edit('a');
    await s.run();
    s.holdWrites = true;
    await edit('b');
    await edit('c');
    s.holdWrites = false;
    await s.writeNow();
    await s.settled();
    await s.letTimePass();
    const statuses = ids.map((id) => ['a', 'c'].map((name) => s.mail.status(`${name}${id}@firma.cz`)));
    expect(statuses).toEqual(ids.map(() => ['unsubscribed', 'subscribed']));
    const sql = `SELECT slot_key, leaving FROM memberships WHERE workspace_id = $1 AND (recheck OR leaving <> '{}')`;
    expect(await s.query(sql)).toEqual([]);
  });

  it('[F3][F4] who takes an address over is not held for what its former owner did elsewhere', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'shared@firma.cz');
    await s.run();
    s.crm.edit('person/1', { slots: [{ key: 'record/1', address: 'own@firma.cz' }] });
    await s.run();
    s.mail.optOut('own@firma.cz');
    s.crm.person(2, 'shared@firma.cz');
    expect((await s.run()).counts).toMatchObject({ created: 1, eligible: 1, excludedBy: { 'consent.opted-out': 1 } });
    expect(s.mail.status('shared@firma.cz')).toBe('subscribed');
  });

  it.each(['first', 'last'])('[F3] a merge at the source moves the mail record, whether the loser is told gone %s', async (order) => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.put('person/2', { tags: ['newsletter'], slots: [{ key: 'record/2', address: 'eva@firma.cz' }] });
    await s.run();
    s.mail.requests.length = 0;
    const [one, two] = [
      { key: 'record/1', address: 'jan@firma.cz' },
      { key: 'record/2', address: 'eva@firma.cz' },
    ];
    const merged = s.crm.observation('person/2', { tags: ['newsletter'], slots: [one, two] }, moment());
    const gone = s.crm.observation('person/1', undefined, moment());
    for (const event of order === 'first' ? [gone, merged] : [merged, gone]) {
      await s.observe([event]);
      await s.settled();
    }
    await s.letTimePass();
    expect(s.mail.requests.flatMap(({ want }) => want.unsubscribe)).toEqual([]);
    expect(await s.reasonOf('record/1')).toBe('eligible');
    expect(s.mail.status('jan@firma.cz')).toBe('subscribed');
  });

  it('[A5] who is hidden at the source leaves, and comes back when shown again', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    await s.run();
    for (const [presence, status] of [
      ['removed', 'unsubscribed'],
      ['present', 'subscribed'],
    ] as const) {
      s.crm.edit('person/1', { presence });
      await s.tellCrm();
      await s.settled();
      expect(s.mail.status('jan@firma.cz')).toBe(status);
    }
    const [profile] = (await s.why('jan@firma.cz')).contacts.flatMap(({ profiles }) => profiles);
    expect(profile?.history.map(({ reason }) => reason.code)).toEqual(['eligible', 'source.removed', 'eligible']);
  });

  it('[F3] a record that is gone at the source leaves with the run', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    await s.run();
    s.crm.remove('person/1');
    expect((await s.run()).counts).toMatchObject({ read: 1, removed: 1, eligible: 1, excludedBy: { 'source.gone': 1 } });
    expect(s.mail.status('jan@firma.cz')).toBe('unsubscribed');
  });
});
