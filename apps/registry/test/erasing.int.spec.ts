import {
  createEvent,
  contactSynced,
  erasurePreview,
  erasureReceipt,
  erasureReported,
  personSuppressed,
  type CommandView,
  type ErasurePreview,
  type ErasureQuestion,
  type ErasureReceipt,
} from '@kontaktor/contracts';
import { masterKeyFrom } from '@kontaktor/config';
import { PersonKey } from '@kontaktor/privacy';
import { eventually } from '@kontaktor/testing';
import { v7 as uuidv7 } from 'uuid';
import { issue } from './commands';
import { moment } from './fake-clock';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const key = new PersonKey(masterKeyFrom('ab'.repeat(32)));
const address = 'jana.mala@firma.cz';

describe('erasing one person', () => {
  let world: RegistryWorld;
  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  const path = (s: Scenario, rest: string): string => `/internal/workspaces/${s.workspaceId}/privacy/${rest}`;
  const preview = async (s: Scenario, question: Partial<ErasureQuestion> = {}): Promise<ErasurePreview> =>
    erasurePreview.parse(await world.post(path(s, 'preview'), { address, ...question }));
  const receipt = async (s: Scenario, erasureId: string): Promise<ErasureReceipt> =>
    erasureReceipt.parse((await world.get(path(s, `erasures/${erasureId}`))).body);
  const order = (s: Scenario, question: Partial<ErasureQuestion>, confirmation: string): Promise<CommandView> => {
    const commandId = uuidv7();
    const person = key.seal(JSON.stringify({ address, ...question }), `${s.workspaceId}/${commandId}`);
    return issue(s, { command: 'erase', commandId, object: key.ofAddress(s.workspaceId, address), person, confirmation });
  };
  const erase = async (s: Scenario, question: Partial<ErasureQuestion> = {}): Promise<string> => {
    const { confirmation } = await preview(s, question);
    const { commandId, refusal } = await order(s, question, confirmation ?? 'none');
    expect(refusal).toBeNull();
    return commandId;
  };
  const lift = (s: Scenario): Promise<CommandView> => {
    const commandId = uuidv7();
    const person = key.seal(address, `${s.workspaceId}/${commandId}`);
    return issue(s, { command: 'lift-suppression', commandId, object: key.ofAddress(s.workspaceId, address), person });
  };
  /** Every row of every table of the registry that holds one of the words. */
  const holding = async (...words: readonly string[]): Promise<string[]> => {
    const tables = await world.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'registry' AND table_type = 'BASE TABLE'`,
    );
    const found = await Promise.all(
      tables.map(async ({ name }) =>
        (await world.database.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)).flatMap(({ row }) =>
          words.some((word) => row.toLowerCase().includes(word)) ? [`${name}: ${row.slice(0, 200)}`] : [],
        ),
      ),
    );
    return found.flat();
  };
  /** Jana and Petr in everything that the registry keeps of people. */
  const known = async (link: Parameters<typeof Scenario.begin>[1] = {}): Promise<Scenario> => {
    const s = await Scenario.begin(world, { mark: true, ...link });
    s.crm.person(1, 'Jana.Mala@Firma.cz', { fields: { firstName: 'Jana', lastName: `Malasova` }, group: 'contact/1' });
    s.crm.person(2, 'petr@novak.example', { fields: { firstName: 'Petr' }, group: 'contact/2' });
    await s.run();
    await s.deliver({ eventId: `e-${s.workspaceId}-1`, address }, { eventId: `e-${s.workspaceId}-2`, address, kind: 'opened' });
    await s.deliver({ eventId: `e-${s.workspaceId}-3`, address: 'petr@novak.example' });
    await s.settled();
    s.crm.edit('person/1', { tags: [] });
    await s.run('dry');
    s.mail.requests.length = 0;
    await leaveElsewhere(s);
    return s;
  };
  /** What is left of people where runs are held back, and where events could not be read. */
  const leaveElsewhere = async (s: Scenario): Promise<void> => {
    await s.query(`INSERT INTO held_removals (workspace_id, link_id, slot_key, reason) VALUES ($1, 'newsletter', 'record/1', 'brake')`);
    await s.query(`INSERT INTO removals (workspace_id, link_id, slot_key) VALUES ($1, 'newsletter', 'record/1')`);
    await s.query(
      `INSERT INTO dead_letters (id, consumer, topic, partition, origin_offset, event, reason, attempts)
       VALUES (gen_random_uuid(), 'registry', 'contact.observed', 0, '1', json_build_object('workspaceId', $1::text, 'data', json_build_object('email', $2::text))::text, 'odd', 1)`,
      address,
    );
  };
  const planned = (s: Scenario) =>
    s.query<{ slot_key: string }>(
      `SELECT slot_key FROM plan_items JOIN runs USING (run_id) WHERE workspace_id = $1 AND slot_key NOT LIKE 'erased:%' ORDER BY 1`,
    );

  it('[F13] the preview shows what would go, and an order without it, or for something else, is refused', async () => {
    const s = await known();
    const shown = await preview(s);
    expect(shown).toMatchObject({
      ...{ address, mustChoose: false, shared: [], suppressedSince: null },
      contacts: [{ chosen: true, records: [{ connectionId: 'crm', remoteId: 'person/1', name: 'Jana Malasova' }] }],
      places: [
        { connectionId: 'crm', does: 'keep' },
        { connectionId: 'mail', does: 'erase' },
      ],
    });
    expect(shown.counts).toMatchObject({ records: 1, places: 1, profiles: 1, diary: 2 });
    expect((await order(s, {}, 'guessed')).refusal).toMatchObject({ code: 'conflict' });
    s.crm.edit('person/1', { slots: [{ key: 'record/1', address: 'jana@nova.example' }] });
    await s.tellCrm();
    await s.settled();
    expect((await order(s, {}, shown.confirmation ?? '')).refusal).toMatchObject({ code: 'conflict' });
    expect((await s.why(address)).contacts).toHaveLength(1);
  });

  it('[F13] no row of any table names the person afterwards, others stay, and everybody who listens is told', async () => {
    const s = await known();
    expect(await holding(address)).not.toEqual([]);
    const before = await s.why('petr@novak.example');
    const [{ contactId = '' } = {}] = (await preview(s)).contacts;
    const erasureId = await erase(s);
    await s.settled();
    const mine = (await holding(address, 'malasova', 'person/1', 'record/1', 'contact/1')).filter((row) => row.includes(s.workspaceId));
    expect(mine).toEqual([]);
    expect([...new Set((await planned(s)).map(({ slot_key }) => slot_key))]).toEqual(['record/2']);
    expect(await s.query('SELECT 1 FROM contacts WHERE workspace_id = $1')).toHaveLength(1);
    expect(await s.why('petr@novak.example')).toEqual(before);
    await eventually(async () =>
      expect(s.contacts.filter((one) => one.contactId === contactId).at(-1)).toEqual({
        ...{ contactId, erased: true, addresses: [], records: [], places: [] },
      }),
    );
    const orders = s.entries.filter(({ kind }) => kind === 'erase');
    expect(orders).toMatchObject([{ connectionId: 'mail', erasureId }]);
    expect(JSON.stringify(orders)).not.toContain('jana');
    expect(s.entries.some((one) => one.kind === 'mark' && one.mark === null && one.slotKey === 'record/1')).toBe(true);
    expect(JSON.stringify(await receipt(s, erasureId))).not.toMatch(/jana\.mala|malasova|person\/1/i);
  });

  it('[F13] the receipt tells place by place what is done, what waits, and what somebody has to do by hand', async () => {
    const s = await known();
    const erasureId = await erase(s);
    await s.settled();
    const states = async () => Object.fromEntries((await receipt(s, erasureId)).places.map(({ place, state }) => [place, state]));
    expect(await states()).toEqual({
      ...{ registry: 'done', 'connection/mail': 'pending', 'connection/crm': 'kept', topics: 'expires', backups: 'expires' },
      ...{ 'service/webhook-ingest': 'pending', 'service/adapter-oneclick': 'pending', 'service/adapter-ecomail': 'pending' },
    });
    const [asked] = s.entries.flatMap((one) => (one.kind === 'erase' ? [one] : []));
    const synced = { connectionId: 'mail', remotePersonId: asked?.remotePersonId ?? '', kind: 'erase', version: 1, at: moment() } as const;
    const failure = { kind: 'provider-unavailable', message: 'Ecomail answered 503', attempts: 1, retryAt: moment() };
    await world.publish(contactSynced, [createEvent(contactSynced, s, { ...synced, outcome: 'failed', failure })]);
    await s.settled();
    expect(await states()).toMatchObject({ 'connection/mail': 'pending' });
    await world.publish(contactSynced, [createEvent(contactSynced, s, { ...synced, outcome: 'done' })]);
    for (const service of ['webhook-ingest', 'adapter-oneclick', 'adapter-ecomail'])
      await world.publish(erasureReported, [createEvent(erasureReported, s, { erasureId, service, removed: { seen: 1 }, at: moment() })]);
    await eventually(async () => expect((await receipt(s, erasureId)).finished).toBe(true));
    const { places } = await receipt(s, erasureId);
    expect(places.find(({ place }) => place === 'connection/mail')).toMatchObject({ state: 'done', doneAt: expect.any(String) });
    expect(places.find(({ place }) => place === 'topics')?.expiresAt).toEqual(expect.any(String));
  });

  it('[F13] an erased person stays out: sent again, by another connection, in another spelling, as a delivery or an opt-out', async () => {
    const s = await known();
    await erase(s);
    await s.settled();
    await s.connection('other', 'oneclick');
    await s.link({ linkId: 'second', source: { connectionId: 'other', provider: 'oneclick' } });
    s.crm.edit('person/1', { tags: ['newsletter'] });
    s.crm.person(3, ' JANA.MALA@firma.CZ ', { fields: { firstName: 'Jana', lastName: 'Malasova' } });
    const run = await s.run();
    expect(run.counts).toMatchObject({ created: 0 });
    await s.deliver({ eventId: `late-${s.workspaceId}`, address: 'Jana.Mala@firma.cz' });
    await s.tellMail();
    await s.settled();
    expect((await holding(address, 'malasova')).filter((row) => row.includes(s.workspaceId))).toEqual([]);
    expect(s.mail.requests.filter(({ address: at }) => at === address)).toEqual([]);
    const [counted] = await s.query<{ suppressed: number }>(
      'SELECT sum(suppressed)::int AS suppressed FROM read_counts JOIN reads USING (read_id) WHERE workspace_id = $1',
    );
    expect(counted?.suppressed).toBeGreaterThan(0);
  });

  it('[F13] an observation on its way while the person is erased leaves nothing, whichever comes first', async () => {
    const s = await known();
    const { confirmation } = await preview(s);
    s.crm.edit('person/1', { fields: { firstName: 'Jana', lastName: 'Malasova-Nova' } });
    const telling = s.tellCrm();
    const answer = await order(s, {}, confirmation ?? '');
    await telling;
    await s.settled();
    expect(answer.refusal).toBeNull();
    expect((await holding(address, 'malasova')).filter((row) => row.includes(s.workspaceId))).toEqual([]);
  });

  it('[F13] a write on its way when the person is erased is not made, and its run comes to its end', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, address);
    s.crm.person(2, 'petr@novak.example');
    s.holdWrites = true;
    const runId = await s.ask();
    await s.inState(runId, 'upserting');
    await s.settled();
    await erase(s);
    s.holdWrites = false;
    await s.writeNow();
    const { state, counts } = await s.ended(runId);
    expect([state, counts.created]).toEqual(['done', 1]);
    expect(s.mail.people.has(address)).toBe(false);
  });

  it('[F13] an address of several people asks who is meant; the others keep it', async () => {
    const s = await Scenario.begin(world);
    s.crm.person(1, address, { fields: { firstName: 'Jana' } });
    s.crm.person(2, address, { fields: { firstName: 'Eva' } });
    await s.run();
    const shown = await preview(s);
    expect(shown).toMatchObject({ mustChoose: true, confirmation: null });
    expect((await order(s, {}, 'any')).refusal).toMatchObject({ code: 'conflict' });
    const jana = shown.contacts.find(({ records }) => records[0]?.name === 'Jana')?.contactId ?? '';
    expect(await preview(s, { contactIds: [jana] })).toMatchObject({ shared: [address], mustChoose: false });
    expect(s.mail.at(address)).toMatchObject({ fields: { firstName: 'Jana' } });
    await erase(s, { contactIds: [jana] });
    await s.settled();
    expect(await s.reasonOf('record/2')).toBe('eligible');
    expect(s.mail.at(address)).toMatchObject({ fields: { firstName: 'Eva' }, places: { 'list/7': { status: 'subscribed' } } });
    const { contacts } = await s.why(address);
    expect(contacts.map(({ records }) => records.map(({ remoteId }) => remoteId))).toEqual([['person/2']]);
    expect(
      await s.query('SELECT 1 FROM suppressions WHERE workspace_id = $1 AND hash = $2', key.ofAddress(s.workspaceId, address)),
    ).toEqual([]);
    s.crm.edit('person/1', { tags: ['VIP'] });
    await s.tellCrm();
    await s.settled();
    expect((await s.why(address)).contacts).toHaveLength(1);
  });

  it('[F13] erased twice is no error, and each has a receipt', async () => {
    const s = await known();
    const first = await erase(s);
    expect((await preview(s)).suppressedSince).not.toBeNull();
    const second = await erase(s);
    expect(second).not.toBe(first);
    expect((await receipt(s, second)).places.map(({ place }) => place)).toContain('connection/mail');
  });

  it('[F13] let in again by an administrator they are known again, and subscribed only by a later act of their own', async () => {
    const s = await known();
    const erasureId = await erase(s);
    expect((await lift(s)).refusal).toBeNull();
    expect((await lift(s)).refusal).toMatchObject({ code: 'not-found' });
    expect(await receipt(s, erasureId)).toMatchObject({ liftedBy: 'jana', liftedAt: expect.any(String) });
    s.crm.edit('person/1', { tags: ['newsletter', 'VIP'] });
    await s.run();
    expect((await s.why(address)).contacts).toHaveLength(1);
    expect(await s.reasonOf('record/1')).toBe('consent.opted-out');
    expect(s.mail.requests.filter(({ want }) => want.subscribe.length > 0)).toEqual([]);
  });

  it('[F13] a restored backup that still holds the person is cleaned as soon as the suppression comes again', async () => {
    const s = await known();
    const hashes = key.hashesOf(s.workspaceId, { addresses: [address], records: [] });
    const events = hashes.map((hash) =>
      createEvent(personSuppressed, s, { hash, suppressed: true, since: moment(), erasureId: uuidv7(), keyId: key.id }),
    );
    await world.publish(personSuppressed, events);
    await eventually(async () => expect((await s.why(address)).contacts).toEqual([]));
    await s.settled();
    expect((await holding(address, 'malasova')).filter((row) => row.includes(s.workspaceId))).toEqual([]);
    const { body } = await world.get(path(s, 'erasures'));
    expect(body).toMatchObject({ erasures: [{ askedBy: 'a restored backup that still held the person' }] });
  });

  it('[F13] under another master key the registry is not ready: whom it erased it would not recognise', async () => {
    const s = await Scenario.begin(world);
    const ready = async () => JSON.stringify((await world.get('/health/ready')).body);
    expect(await ready()).not.toContain('another KONTAKTOR_MASTER_KEY');
    await s.query(`INSERT INTO suppressions VALUES ($1, 'a', 'other', gen_random_uuid(), now())`);
    expect(await ready()).toContain('another KONTAKTOR_MASTER_KEY');
    await s.query('DELETE FROM suppressions WHERE workspace_id = $1');
  });

  it('[F13] the export holds all of one person, in both languages, and nothing of anybody else', async () => {
    const s = await known();
    const exported = JSON.stringify(await world.post(path(s, 'export'), { address }));
    expect(JSON.parse(exported)).toMatchObject({
      contacts: [{ addresses: [address] }],
      records: [{ connectionId: 'crm', remoteId: 'person/1', record: { fields: { lastName: 'Malasova' } } }],
      places: [{ connectionId: 'mail', address, writtenByUs: expect.any(Object) }],
      consent: [{ kind: 'legal-basis', evidence: 'customers' }],
      profiles: [{ linkId: 'newsletter', reason: { text: { en: expect.any(String), cs: expect.any(String) } } }],
      activities: [{ kind: 'campaign_delivered' }, { kind: 'campaign_opened' }],
    });
    expect(JSON.parse(exported).decisions.length).toBeGreaterThan(0);
    expect(JSON.parse(exported).runs.length).toBeGreaterThan(0);
    expect(exported).not.toContain('petr@novak.example');
  });
});
