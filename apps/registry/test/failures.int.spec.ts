import { failuresView, type ContactSynced, type FailuresView } from '@kontaktor/contracts';
import { issue } from './commands';
import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

type Failed = Pick<ContactSynced, 'outcome' | 'failure'>;

const failed = (kind: string, message: string, outcome: Failed['outcome'] = 'failed'): Failed => ({
  outcome,
  failure: { kind, message, attempts: 1 },
});

describe('the error inbox', () => {
  let world: RegistryWorld;
  let s: Scenario;
  /** What the destination does with whom. */
  let answers: Record<string, Failed>;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    s = await Scenario.begin(world);
    for (const [index, name] of ['jan', 'eva', 'petr', 'iva', 'ota'].entries()) s.crm.person(index + 1, `${name}@firma.cz`);
    answers = {
      'eva@firma.cz': failed('item-rejected', 'no such phone'),
      'petr@firma.cz': failed('item-rejected', 'no such phone'),
      'iva@firma.cz': failed('provider-unavailable', 'away'),
    };
    s.mail.refuse = ({ address }) => answers[address];
    await s.run();
  });

  const list = async (query = ''): Promise<FailuresView> =>
    failuresView.parse((await world.get(`/internal/workspaces/${s.workspaceId}/failures${query}`)).body);
  const addresses = ({ failures }: FailuresView): string[] => failures.map(({ address }) => address).sort();
  const retry = async (more: Partial<Parameters<typeof issue>[1]> = {}) => {
    const answer = await issue(s, { object: 'newsletter', ...more, command: 'retry-failures' });
    await s.settled();
    return answer;
  };
  const standing = (): string[] => [...s.mail.people.keys()].sort();

  it('[F10] failures are grouped by cause, with true counts and an example', async () => {
    const { failures, countsByProblem } = await list();
    expect(failures).toHaveLength(3);
    expect(countsByProblem).toEqual([
      {
        ...{ problem: 'no such phone', kind: 'item-rejected', connectionId: 'mail', count: 2 },
        example: { remotePersonId: expect.any(String), linkId: 'newsletter', address: expect.stringMatching(/^(eva|petr)@/) },
      },
      {
        ...{ problem: 'away', kind: 'provider-unavailable', connectionId: 'mail', count: 1 },
        example: { remotePersonId: expect.any(String), linkId: 'newsletter', address: 'iva@firma.cz' },
      },
    ]);
  });

  it('[F10] they are found by kind, cause, link, connection and time', async () => {
    expect(addresses(await list('?kind=item-rejected'))).toEqual(['eva@firma.cz', 'petr@firma.cz']);
    expect(addresses(await list('?problem=away&linkId=newsletter&connectionId=mail'))).toEqual(['iva@firma.cz']);
    await s.query(`UPDATE remote_persons SET outcome_at = '2026-01-05T08:00:00Z' WHERE workspace_id = $1 AND address = 'eva@firma.cz'`);
    expect(addresses(await list('?from=2026-01-05T08:00:00Z&to=2026-01-05T08:00:01Z'))).toEqual(['eva@firma.cz']);
    for (const nothing of ['kind=conflict', 'linkId=other', 'connectionId=crm', 'to=2026-01-05T08:00:00Z'])
      expect(await list(`?${nothing}`)).toMatchObject({ failures: [], countsByProblem: [] });
  });

  it('[F10] a long list comes in pages, each failure once, with the causes of all of them', async () => {
    const first = await list('?limit=2');
    const second = await list(`?limit=2&after=${encodeURIComponent(first.next ?? '')}`);
    expect([...addresses(first), ...addresses(second)].sort()).toEqual(['eva@firma.cz', 'iva@firma.cz', 'petr@firma.cz']);
    expect([second.next, second.countsByProblem.map(({ count }) => count)]).toEqual([null, [2, 1]]);
  });

  it('[F10] one is tried again by its id, and nobody else; the answer counts what was set going', async () => {
    const [eva] = (await list()).failures.filter(({ address }) => address === 'eva@firma.cz');
    answers = {};
    expect(await retry({ remotePersonIds: [eva?.remotePersonId ?? ''] })).toMatchObject({ refusal: null, count: 1 });
    expect(standing()).toEqual(['eva@firma.cz', 'jan@firma.cz', 'ota@firma.cz']);
    expect(addresses(await list())).toEqual(['iva@firma.cz', 'petr@firma.cz']);
  });

  it('[F10] many are tried again by their cause, or by when they failed', async () => {
    answers = {};
    expect(await retry({ filter: { problem: 'no such phone' } })).toMatchObject({ refusal: null, count: 2 });
    expect(standing()).toEqual(['eva@firma.cz', 'jan@firma.cz', 'ota@firma.cz', 'petr@firma.cz']);
    const from = new Date(Date.now() - 60_000).toISOString();
    expect(await retry({ filter: { from, to: new Date().toISOString() } })).toMatchObject({ refusal: null, count: 1 });
    expect((await list()).failures).toEqual([]);
  });

  it('[F10] what fails again is listed again, as often as it is tried', async () => {
    expect(await retry()).toMatchObject({ count: 3 });
    expect(addresses(await list())).toEqual(['eva@firma.cz', 'iva@firma.cz', 'petr@firma.cz']);
  });

  it('[F10] a retry that meets nothing is refused with the reason, and sets nothing going', async () => {
    const writes = s.mail.requests.length;
    expect(await retry({ filter: { kind: 'conflict' } })).toMatchObject({
      refusal: { code: 'conflict', reason: expect.stringContaining('meant') },
      count: null,
    });
    expect(await retry({ object: 'no-such-link' })).toMatchObject({ refusal: { code: 'not-found' } });
    expect(await retry({ expiresAt: '2026-01-01T00:00:00.000Z' })).toMatchObject({ refusal: { code: 'expired' } });
    answers = {};
    await retry();
    expect(await retry()).toMatchObject({ refusal: { code: 'conflict', reason: 'nothing of this link has failed' } });
    expect(s.mail.requests.length).toBe(writes + 3);
  });

  it('[F10] who waits for a suspended connection is not asked for again: the refusal names the connection, the cause and what to do', async () => {
    const suspended = failed('credentials-rejected', 'the key was refused', 'suspended');
    answers = { 'eva@firma.cz': suspended, 'petr@firma.cz': suspended, 'iva@firma.cz': failed('item-rejected', 'no such phone') };
    await retry();
    const writes = s.mail.requests.length;
    expect(await retry({ filter: { kind: 'credentials-rejected' } })).toMatchObject({
      refusal: {
        code: 'conflict',
        reason: expect.stringMatching(/connection mail, .*suspended \(the key was refused\).* check the connection/),
      },
    });
    expect(s.mail.requests.length).toBe(writes);
    expect(await retry()).toMatchObject({ refusal: null, count: 1 });
  });
});
