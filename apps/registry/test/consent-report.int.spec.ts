import { consentReport } from '@kontaktor/contracts';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

describe('the consent report', () => {
  let world: RegistryWorld;
  let s: Scenario;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  beforeEach(async () => {
    s = await Scenario.begin(world);
    s.crm.person(1, 'jan@firma.cz');
    s.crm.person(2, 'eva@firma.cz');
    await s.run();
  });
  afterAll(() => world.stop());

  const page = async (query = '') =>
    consentReport.parse((await world.get(`/internal/workspaces/${s.workspaceId}/consent/report?${query}`)).body);
  const verdicts = async () => (await page()).subscriptions.map(({ address, verdict }) => [address, verdict]).sort();

  it('[F4] names everyone we subscribed, on what basis, page by page', async () => {
    const { subscriptions } = await page();
    expect(subscriptions.map(({ address }) => address).sort()).toEqual(['eva@firma.cz', 'jan@firma.cz']);
    expect(subscriptions[0]).toMatchObject({
      purpose: 'newsletter',
      kind: 'legal-basis',
      evidence: 'customers',
      verdict: 'clean',
      optOut: null,
    });
    const first = await page('limit=1');
    const second = await page(`limit=1&after=${first.next}`);
    expect([...first.subscriptions, ...second.subscriptions].map(({ address }) => address)).toEqual(
      subscriptions.map(({ address }) => address),
    );
    expect((await page(`after=${second.next}`)).subscriptions).toEqual([]);
  });

  it('[F4] stays clean for who opts out later, and names an opt-out that we were told of too late', async () => {
    s.mail.optOut('jan@firma.cz');
    await s.tellMail();
    await s.settled();
    expect(await verdicts()).toEqual([
      ['eva@firma.cz', 'clean'],
      ['jan@firma.cz', 'clean'],
    ]);
    await told('opted-out', '2020-01-01', 'now()');
    expect(await verdicts()).toContainEqual(['eva@firma.cz', 'learnt-later']);
  });

  it('[F4] finds a subscription against an opt-out that was known, as it would stand after a breach of the gate', async () => {
    await told('opted-out', '2020-01-01', "'2020-01-02'");
    expect(await verdicts()).toContainEqual(['eva@firma.cz', 'against-opt-out']);
    const breach = (await page()).subscriptions.find(({ address }) => address === 'eva@firma.cz');
    expect(breach?.optOut).toMatchObject({ kind: 'opted-out', from: '2020-01-01T00:00:00.000Z', where: 'mail' });
    await told('opted-in', '2020-02-01', "'2020-02-02'");
    expect(await verdicts()).toContainEqual(['eva@firma.cz', 'renewed']);
  });

  it('[F4][F16] says nothing of other workspaces, and refuses a cursor that is none', async () => {
    const other = await Scenario.begin(world);
    expect((await world.get(`/internal/workspaces/${other.workspaceId}/consent/report`)).body).toEqual({ subscriptions: [], next: null });
    expect((await world.get(`/internal/workspaces/${s.workspaceId}/consent/report?after=x`)).status).toBe(400);
  });

  /** Puts a line into Eva's history behind the back of the registry. */
  const told = (kind: string, when: string, recordedAt: string) =>
    s.query(
      `INSERT INTO consent (workspace_id, address, purpose, kind, from_at, to_at, told_by, how, evidence, recorded_at)
       VALUES ($1, 'eva@firma.cz', 'newsletter', $2, $3, $3, 'mail', 'form', 'e', ${recordedAt})`,
      kind,
      `${when}T00:00:00Z`,
    );
});
