import { linkDrift, type AccountSchemaTold, type LinkChanged, type LinkDrift } from '@kontaktor/contracts';
import { z } from 'zod';
import { issue } from './commands';
import { moment } from './fake-clock';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

const text = { type: 'text', writable: true };
const mailFields = { firstName: text, phone: text };
const mapping: LinkChanged['mapping'] = [
  { from: 'firstName', to: 'firstName', onBlank: 'skip', conflict: 'source' },
  { from: 'note', to: 'phone', onBlank: 'clear', conflict: 'source' },
];

describe('schema drift', () => {
  let world: RegistryWorld;
  let s: Scenario;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    s = await Scenario.begin(world, { mapping });
    await mailHas();
    await crmHas();
    s.crm.person(1, 'jan@firma.cz', { fields: { firstName: 'Jan', note: '111' } });
    await s.run();
    expect(s.mail.at('jan@firma.cz').fields).toEqual({ firstName: 'Jan', phone: '111' });
  });

  const tell = (told: Partial<AccountSchemaTold>) =>
    world.tell('/internal/schemas', {
      ...{
        workspaceId: s.workspaceId,
        connectionId: 'mail',
        at: moment(),
        fields: {},
        lists: null,
        tags: null,
        recordTypes: null,
        ...told,
      },
    });
  const mailHas = (fields: AccountSchemaTold['fields'] = mailFields, lists = ['list/7']) => tell({ fields, lists });
  const crmHas = (fields: AccountSchemaTold['fields'] = { note: text }, tags = ['newsletter', 'VIP']) =>
    tell({ connectionId: 'crm', fields, tags, recordTypes: ['email', 'person', 'phone'] });
  const drifts = async (): Promise<LinkDrift[]> =>
    z.array(linkDrift).parse((await world.get(`/internal/workspaces/${s.workspaceId}/links/newsletter/drift`)).body);
  const edit = async (fields: Record<string, string | null>): Promise<void> => {
    s.crm.edit('person/1', { fields });
    await s.tellCrm();
    await s.settled();
  };
  const runs = async () => (await s.query('SELECT 1 FROM runs WHERE workspace_id = $1')).length;

  it('[F17] a field that is gone at the destination pauses its mapping and names it; the rest of the link goes on', async () => {
    await mailHas({ firstName: text });
    expect(await drifts()).toMatchObject([
      { connectionId: 'mail', thing: 'field', name: 'phone', change: 'gone', pauses: ['phone'], returned: false },
    ]);
    const writes = s.mail.writes.length;
    await edit({ firstName: 'Honza', note: '222' });
    expect(s.mail.writes.slice(writes).map(({ want }) => want.fields)).toEqual([{ firstName: 'Honza' }]);
    expect(await s.run()).toMatchObject({ state: 'done', warnings: [expect.stringMatching(/The field "phone" of mail is gone/)] });
    expect(s.mail.at('jan@firma.cz').fields).toEqual({ firstName: 'Honza', phone: '111' });
  });

  it('[F17] when it is back a run reads both ends, and what waited is written', async () => {
    await mailHas({ firstName: text });
    await edit({ note: '222' });
    delete s.mail.at('jan@firma.cz').fields['phone'];
    const before = await runs();
    await mailHas();
    await eventuallyIdle(before + 1);
    expect(s.mail.at('jan@firma.cz').fields).toEqual({ firstName: 'Jan', phone: '222' });
    expect(await drifts()).toEqual([]);
  });

  it('[F17] a field that is gone at the source is not a blank: nothing is cleared, also after it is back', async () => {
    await crmHas({});
    await edit({ note: null });
    await s.run();
    expect(s.mail.at('jan@firma.cz').fields['phone']).toBe('111');
    s.crm.edit('person/1', { fields: { note: '333' } });
    const before = await runs();
    await crmHas();
    await eventuallyIdle(before + 1);
    expect(s.mail.at('jan@firma.cz').fields['phone']).toBe('333');
  });

  it.each([
    ['the list', () => mailHas(mailFields, ['list/8'])],
    ['a chosen tag', () => crmHas({ note: text }, ['VIP'])],
  ])('[F17] while %s is gone the link is paused: nobody leaves, no run writes, and the run says why', async (_what, vanish) => {
    await vanish();
    s.crm.edit('person/1', { tags: [] });
    await s.tellCrm();
    await s.settled();
    expect(s.mail.status('jan@firma.cz')).toBe('subscribed');
    expect(await s.run()).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/is gone: the link is paused.*Nothing was written/),
    });
    expect(s.mail.status('jan@firma.cz')).toBe('subscribed');
  });

  it('[F17] a changed type is accepted by command, and what waited is written; what is gone cannot be accepted', async () => {
    expect(await issue(s, { command: 'accept-drift', object: 'newsletter' })).toMatchObject({
      refusal: { reason: 'nothing of this link has drifted' },
    });
    await mailHas({ firstName: text, phone: { ...text, type: 'number' } });
    await edit({ note: '222' });
    expect(s.mail.at('jan@firma.cz').fields['phone']).toBe('111');
    const before = await runs();
    expect(await issue(s, { command: 'accept-drift', object: 'newsletter' })).toMatchObject({ refusal: null, count: 1 });
    await eventuallyIdle(before + 1);
    expect([s.mail.at('jan@firma.cz').fields['phone'], await drifts()]).toEqual(['222', []]);
    await mailHas({ firstName: text });
    expect(await issue(s, { command: 'accept-drift', object: 'newsletter' })).toMatchObject({
      refusal: { code: 'conflict', reason: expect.stringContaining('cannot be accepted') },
    });
  });

  it('[F17] a new version of the link approves what it meets, and maps around what is gone', async () => {
    await mailHas({ firstName: text, phone: { ...text, type: 'number' } });
    expect(await drifts()).toMatchObject([{ change: 'type', text: { cs: expect.stringContaining('má nyní typ number') } }]);
    await s.link({ mapping, version: 2 });
    await mailHas({ firstName: text, phone: { ...text, type: 'number' } });
    expect((await drifts()).filter(({ returned }) => !returned)).toEqual([]);
  });

  async function eventuallyIdle(count: number): Promise<void> {
    await s.settled();
    expect(await runs()).toBe(count);
    const [run] = await s.query<{ run_id: string }>('SELECT run_id FROM runs WHERE workspace_id = $1 ORDER BY requested_at DESC LIMIT 1');
    await s.ended(run?.run_id ?? '');
    await s.settled();
  }
});
