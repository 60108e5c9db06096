import { failuresView, journalView, linkTrouble, peopleView, runView, whyView } from '@kontaktor/contracts';
import { z } from 'zod';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('views of the registry', () => {
  let world: RegistryWorld;
  let s: Scenario;

  beforeAll(async () => {
    world = await RegistryWorld.start();
    s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    s.crm.person(3, 'out@firma.cz', { tags: ['other'] });
    s.mail.refuse = ({ address }) =>
      address === 'eva@firma.cz' ? { outcome: 'failed', failure: { kind: 'item-rejected', message: 'refused', attempts: 1 } } : undefined;
    await s.run();
    await s.deliver({ eventId: 'ecomail:1', address: 'jan@firma.cz' });
    await s.settled();
  });
  afterAll(() => world.stop());

  const get = async (path: string, workspaceId = s.workspaceId) => (await world.get(`/internal/workspaces/${workspaceId}/${path}`)).body;
  const people = async (list: string, workspaceId = s.workspaceId) =>
    peopleView.parse(await get(`links/newsletter/people?list=${list}`, workspaceId)).people.map(({ slotKey }) => slotKey);

  it('[F8] why: records, decisions with their trace and history, what stands where and whose it is', async () => {
    const { contacts, consent } = await s.why('jan@firma.cz');
    expect(contacts).toMatchObject([
      {
        addresses: [{ address: 'jan@firma.cz', current: true }],
        records: [{ connectionId: 'crm', remoteId: 'person/1', presence: 'present' }],
        profiles: [{ eligible: true, outcome: 'done', desired: { tags: ['newsletter'] }, history: [{ eligible: true }] }],
        places: [
          { known: true, tags: [{ tag: 'newsletter', ours: true }], places: [{ place: 'list/7', status: 'subscribed', ours: true }] },
        ],
      },
    ]);
    expect(contacts[0]?.profiles[0]?.trace.map(({ rule }) => rule)).toContain('consent');
    expect(consent).toMatchObject([{ kind: 'legal-basis', where: 'newsletter' }]);
    const [out] = (await s.why('out@firma.cz')).contacts;
    expect(out?.profiles[0]?.reason).toMatchObject({
      code: 'filter.tag-missing',
      text: { en: expect.any(String), cs: expect.any(String) },
    });
  });

  it('[F8][A5] why of somebody whose address is malformed: as it was typed, or by the key of the mail record', async () => {
    const other = await Scenario.begin(world);
    other.crm.person(1, 'Jan@firma,cz');
    await other.run();
    for (const asked of [' jan@firma,cz', 'record/1', 'person/1'])
      expect((await other.why(asked)).contacts).toMatchObject([{ profiles: [{ reason: { code: 'address.malformed' } }] }]);
    expect((await other.why('nobody@firma.cz')).contacts).toEqual([]);
  });

  it('[F10] the three lists of a link: in sync, excluded, failing', async () => {
    expect([await people('in-sync'), await people('excluded'), await people('failing')]).toEqual([
      ['record/1'],
      ['record/3'],
      ['record/2'],
    ]);
  });

  it('[F10] runs and failures, by their contracts', async () => {
    expect(z.array(runView).parse(await get('runs?linkId=newsletter'))).toHaveLength(1);
    expect(failuresView.parse(await get('failures')).failures).toMatchObject([
      { address: 'eva@firma.cz', problem: 'refused', retryAt: null },
    ]);
  });

  it('[F14] what of a link waits for somebody to look is counted', async () => {
    expect(z.array(linkTrouble).parse(await get('link-troubles'))).toEqual([{ linkId: 'newsletter', failing: 1, held: 0, drift: [] }]);
  });

  it('[F16] a workspace sees nothing of another, even with the ids of its contacts and runs', async () => {
    const other = await Scenario.begin(world);
    const { workspaceId } = other;
    const contactId = (await s.why('jan@firma.cz')).contacts[0]?.contactId ?? '';
    const [run] = z.array(runView).parse(await get('runs'));
    expect(await get('runs', workspaceId)).toEqual([]);
    expect((await world.get(`/internal/workspaces/${workspaceId}/runs/${run?.runId}`)).status).toBe(404);
    expect(whyView.parse(await get('why?address=jan@firma.cz', workspaceId))).toMatchObject({ contacts: [], consent: [] });
    for (const query of ['', '?address=jan@firma.cz', `?contactId=${contactId}`])
      expect(journalView.parse(await get(`journal${query}`, workspaceId)).entries).toEqual([]);
    expect(failuresView.parse(await get('failures', workspaceId)).failures).toEqual([]);
    for (const list of ['in-sync', 'excluded', 'failing']) expect(await people(list, workspaceId)).toEqual([]);
    const [person] = await s.query<{ remote_person_id: string }>('SELECT remote_person_id FROM remote_persons WHERE workspace_id = $1');
    const look = { items: [{ workspaceId, remotePersonId: person?.remote_person_id, version: 1 }] };
    expect(await world.post('/internal/last-look', look)).toMatchObject({ verdicts: [{ verdict: 'superseded' }] });
  });

  it.each(['journal?contactId=nobody', 'journal?before=x', 'journal?from=never', 'links/newsletter/people?list=all'])(
    '[F16] a question that makes no sense is refused in words: %s',
    async (path) => {
      expect(await world.get(`/internal/workspaces/${s.workspaceId}/${path}`)).toMatchObject({ status: 400 });
    },
  );
});
