import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Database } from '@kontaktor/persistence';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator } from '@kontaktor/simulator-ecomail';
import { createTestDatabase, eventually, type TestDatabase } from '@kontaktor/testing';
import { RateBudget } from '../src/calls/rate-budget';
import { hostMigrations } from '../src/host-migrations';
import type { Called, Calling } from './processes/calling-process';

const allowed = 40;
const windowSeconds = 4;

describe('three processes of one adapter at a provider that shuts out whoever exceeds its limit', () => {
  let server: TestDatabase;
  let database: Database;
  let mail: EcomailSimulator;

  beforeEach(async () => {
    server = await createTestDatabase();
    database = new Database({ url: server.url, schema: 'adapter_ecomail', poolSize: 4, migrations: hostMigrations });
    await database.migrate();
    const switches = { perMinute: allowed, windowSeconds, banSeconds: 3 };
    mail = await startEcomailSimulator({ account: () => sampleEcomailAccount({ own: 1 }), switches });
  });
  afterEach(async () => {
    await Promise.all([database.close(), mail.stop()]);
    await server.drop();
  });

  /** Starts three processes; when all are there, each makes so many calls, as fast as it is let. Answers how they went, one by one. */
  async function replicas(calls: number): Promise<readonly Promise<Called>[]> {
    const folder = join(__dirname, 'processes');
    const children = [1, 2, 3].map(() => fork(join(folder, 'run-typescript.mjs'), [join(folder, 'calling-process.ts')], { execArgv: [] }));
    await Promise.all(children.map((child) => saidBy<'ready'>(child)));
    const calling: Calling = {
      ...{ databaseUrl: server.url, baseUrl: mail.baseUrl, apiKey: mail.account().key, calls },
      ...{ requests: allowed, windowMs: windowSeconds * 1000 },
    };
    return children.map((child) => {
      const called = saidBy<Called>(child);
      child.send(calling);
      return called;
    });
  }

  const budget = async (): Promise<RateBudget> => {
    const [row] = await database.query<{ key: string }>('SELECT key FROM budgets');
    const limits = { requests: allowed, windowMs: windowSeconds * 1000, parallel: 4 };
    return new RateBudget({ database, key: row?.key ?? '', holder: 'the test', limits, onError: () => undefined });
  };

  it('[F12] 0 bans, no call refused, and at least 85 % of what every window allows is used', async () => {
    // Each makes two requests a call.
    const called = await Promise.all(await replicas(22));
    expect(called).toEqual([{ ok: 22 }, { ok: 22 }, { ok: 22 }]);
    const { windows, bans } = mail.rate;
    expect({ bans, refused: windows.reduce((sum, { refused }) => sum + refused, 0) }).toEqual({ bans: 0, refused: 0 });
    // The last window is begun, not used up.
    const full = windows.slice(0, -1);
    expect(full.length).toBeGreaterThanOrEqual(2);
    expect(Math.min(...full.map(({ taken }) => taken))).toBeGreaterThanOrEqual(0.85 * allowed);
    expect(Math.max(...windows.map(({ taken }) => taken))).toBeLessThanOrEqual(allowed);
  });

  it('[F12] an opt-out that comes while bulk work of all three waits for the next window gets through in this one', async () => {
    const all = await replicas(12);
    const usedUp = 0.9 * allowed;
    const used = async () => (await database.query<{ used: number }>('SELECT used FROM budgets'))[0]?.used;
    await eventually(async () => expect(await used()).toBe(usedUp));
    const optOut = await budget();
    await optOut.take(true);
    expect(await used()).toBe(usedUp + 1);
    optOut.done();
    optOut.close();
    await Promise.all(all);
  });

  it('[F12] one replica’s 429 stops all of them until the time that it named', async () => {
    mail.faults.add({ kind: '429', route: 'GET /account', times: 1, retryAfter: 2 });
    const called = await Promise.all(await replicas(5));
    const sum = (kind: string): number => called.reduce((total, one) => total + (one[kind] ?? 0), 0);
    expect([sum('ok'), sum('rate-limited'), mail.rate.bans]).toEqual([14, 1, 0]);
    const [row] = await database.query<{ waited: boolean }>("SELECT window_start > now() - interval '1 hour' AS waited FROM budgets");
    expect(row?.waited).toBe(true);
  });
});

/** The next message of a process. */
function saidBy<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: Message) => resolve(message));
    child.once('exit', (code) => reject(new Error(`a process ended with ${code} without a word`)));
  });
}
