import fc from 'fast-check';
import { anyHistory, anyHistoryBetweenRuns, History } from './history';
import { RegistryWorld } from './registry-world';
import type { Scenario } from './scenario';

// What chance finds once is true: no second try.
jest.retryTimes(0);
const histories = Number(process.env['KONTAKTOR_HISTORIES'] ?? 30);
const timeLimitMs = Math.max(10 * 60_000, histories * 20_000);
const seed = Number(process.env['KONTAKTOR_SEED'] ?? Date.now() % 2 ** 31);

/** `KONTAKTOR_PATH` with `KONTAKTOR_SEED` plays the one history that failed again. */
const path = process.env['KONTAKTOR_PATH'];
const options = { numRuns: histories, seed, endOnFailure: true, ...(path === undefined ? {} : { path }) };

interface Wanted {
  readonly slotKey: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** Who should stand at an address by the rules, told from what happened alone: the first that qualifies. */
function wantedAt({ crm, mail }: Scenario, address: string): Wanted | undefined {
  const optedOut = (remoteId: string): boolean => [...(crm.everTold.get(remoteId) ?? [])].some((one) => mail.optedOut.has(`${one} list/7`));
  const [first] = [...crm.records]
    .filter(([remoteId, { slots, tags, presence = 'present' }]) => {
      const qualifies = presence === 'present' && tags !== undefined && tags.length > 0;
      return qualifies && slots?.[0]?.address === address && !optedOut(remoteId);
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (first === undefined) return undefined;
  const [remoteId, { tags = [], fields = {} }] = first;
  return { slotKey: remoteId, tags, name: String(fields['firstName']) };
}

function checkDestination(s: Scenario, before: readonly string[]): void {
  for (const address of ['a@x.cz', 'b@x.cz', 'c@x.cz', 'd@x.cz']) {
    const wanted = wantedAt(s, address);
    const person = s.mail.people.get(address);
    if (wanted !== undefined) {
      expect([address, person]).toEqual([
        address,
        expect.objectContaining({ fields: expect.objectContaining({ firstName: wanted.name }) }),
      ]);
      expect([address, person?.places['list/7']?.status]).toEqual([address, 'subscribed']);
      const ours = (person?.tags ?? []).filter((tag) => tag !== 'hand').sort();
      expect([address, ours]).toEqual([address, [...wanted.tags].sort()]);
    } else if (before.includes(address)) {
      const status = s.mail.optedOut.has(`${address} list/7`) ? 'unsubscribed' : 'subscribed';
      expect([address, person?.places['list/7']?.status]).toEqual([address, status]);
      expect([address, person?.tags.filter((tag) => tag !== 'hand')]).toEqual([address, []]);
    } else expect([address, person?.places['list/7']?.status ?? 'unsubscribed']).toEqual([address, 'unsubscribed']);
  }
}

async function checkRest(s: Scenario, before: readonly string[]): Promise<void> {
  checkDestination(s, before);
  expect(s.mail.violations).toEqual([]);
  const requests = s.mail.requests.length;
  const view = await s.run();
  const { eligible, created, updated, unchanged, failed } = view.counts;
  expect([view.state, created, updated, failed]).toEqual(['done', 0, 0, 0]);
  expect(unchanged).toBe(eligible);
  expect(s.mail.requests).toHaveLength(requests);
  const left = await s.query(`SELECT * FROM memberships WHERE workspace_id = $1 AND (recheck OR due_at IS NOT NULL OR leaving <> '{}')`);
  expect(left).toEqual([]);
  for (const { counts, progress } of s.progress) {
    const open = (counts.planned?.create ?? 0) + (counts.planned?.update ?? 0);
    expect(counts.eligible).toBe(counts.created + counts.updated + counts.unchanged + counts.failed + open);
    expect(Math.min(...Object.values(counts).filter((count) => typeof count === 'number'))).toBeGreaterThanOrEqual(0);
    expect(progress.done).toBeLessThanOrEqual(progress.total);
  }
}

describe('random histories at both ends', () => {
  let world: RegistryWorld;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  afterAll(() => world.stop());

  it(
    '[F3][F4][F6][F12] end as the rules say, with nothing left to do, nobody subscribed against their will and nothing of others taken',
    async () => {
      process.stdout.write(`histories: ${histories}, KONTAKTOR_SEED=${seed}\n`);
      await fc.assert(
        fc.asyncProperty(anyHistory, async ({ before, steps }) => {
          const { s } = await History.play(world, before, steps);
          await checkRest(s, before);
        }),
        options,
      );
      expect(await world.database.query('SELECT reason FROM dead_letters')).toEqual([]);
    },
    timeLimitMs,
  );

  it(
    '[D2][F4][F6] come to the same rest by the work between runs alone, and a run then finds nothing to do',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyHistoryBetweenRuns, async ({ before, steps }) => {
          const { s } = await History.playBetweenRuns(world, before, steps);
          await checkRest(s, before);
        }),
        options,
      );
    },
    timeLimitMs,
  );
});
