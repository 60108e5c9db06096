import { Database } from '@kontaktor/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@kontaktor/testing';
import { hostMigrations } from '../host-migrations';
import { RateBudget, type BudgetLimits } from './rate-budget';

describe('the rate budget of three replicas', () => {
  let server: TestDatabase;
  let database: Database;
  let budgets: RateBudget[] = [];
  const onError = jest.fn();

  beforeAll(async () => {
    server = await createTestDatabase();
    database = new Database({ url: server.url, schema: 'adapter_test', poolSize: 4, migrations: hostMigrations });
    await database.migrate();
  });
  afterEach(() => budgets.forEach((budget) => budget.close()));
  afterAll(async () => {
    await database.close();
    await server.drop();
    expect(onError).not.toHaveBeenCalled();
  });

  const replicas = (key: string, limits: Partial<BudgetLimits>): RateBudget[] => {
    budgets = ['a', 'b', 'c'].map(
      (holder) =>
        new RateBudget({ database, key, holder, limits: { requests: 100, windowMs: 60_000, parallel: 1000, ...limits }, onError }),
    );
    return budgets;
  };
  const usedOf = async (key: string) => (await database.query<{ used: number }>('SELECT used FROM budgets WHERE key = $1', [key]))[0]?.used;
  /** Asks each replica for so many calls; answers a count that grows as they are let through. */
  const ask = (asked: readonly RateBudget[], each: number, urgent = false): { through: number } => {
    const count = { through: 0 };
    for (const budget of asked)
      for (let call = 0; call < each; call += 1)
        budget.take(urgent).then(
          () => (count.through += 1),
          () => undefined,
        );
    return count;
  };
  /** What a fourth replica would be granted now. */
  const grantedTo4th = async (key: string, urgent = false, parallel = 1000): Promise<number | undefined> => {
    const [row] = await database.query<{ granted: number }>('SELECT granted FROM take_calls($1, $2, 0, 1, $3, 100, 60000, $4)', [
      ...[key, 'd', urgent, parallel],
    ]);
    return row?.granted;
  };

  it('[F12] together they make as many calls as the window allows, less the tenth that is kept', async () => {
    const normal = ask(replicas('window', {}), 50);
    await eventually(() => expect(normal.through).toBe(90));
    expect(await grantedTo4th('window')).toBe(0);
    expect(normal.through).toBe(90);
  });

  it('[F12] opt-outs and erasure may use the kept tenth, and go before others', async () => {
    const all = replicas('tenth', {});
    const normal = ask(all, 50);
    await eventually(() => expect(normal.through).toBe(90));
    const urgent = ask(all, 5, true);
    await eventually(() => expect(urgent.through).toBe(10));
    expect(await usedOf('tenth')).toBe(100);
  });

  it('[F12] what a window did not use ends with it; the next one is full again', async () => {
    const normal = ask(replicas('next', { windowMs: 1000 }), 40);
    await eventually(() => expect(normal.through).toBe(120));
    expect(await usedOf('next')).toBeLessThanOrEqual(90);
  });

  it('[F12] what the provider asked one replica to wait, all wait', async () => {
    const [first, ...others] = replicas('blocked', {});
    await first?.take(false);
    await first?.block(60_000);
    const blocked = ask(others, 1);
    const urgent = ask(others, 1, true);
    expect([await grantedTo4th('blocked'), await grantedTo4th('blocked', true)]).toEqual([0, 0]);
    expect([blocked.through, urgent.through]).toEqual([0, 0]);
    await database.query("UPDATE budgets SET window_start = now() WHERE key = 'blocked'");
    await eventually(() => expect([blocked.through, urgent.through]).toEqual([2, 2]));
  });

  it('[F12] calls side by side are counted over all of them, and given on when they end', async () => {
    const all = replicas('parallel', { parallel: 4 });
    const calls = ask(all, 4);
    await eventually(() => expect(calls.through).toBe(4));
    expect(await grantedTo4th('parallel', false, 4)).toBe(0);
    expect(calls.through).toBe(4);
    const [rows] = await database.query<{ holder: string }>(
      "SELECT holder FROM budget_callers WHERE key = 'parallel' AND calls > 0 LIMIT 1",
    );
    const busy = all[['a', 'b', 'c'].indexOf(rows?.holder ?? '')];
    busy?.done();
    await eventually(() => expect(calls.through).toBe(5));
  });

  it('[F12] a replica that died with calls on the wire is forgotten', async () => {
    const all = replicas('dead', { parallel: 1 });
    await all[0]?.take(false);
    const waiting = ask(all.slice(1), 1);
    expect(await grantedTo4th('dead', false, 1)).toBe(0);
    expect(waiting.through).toBe(0);
    await database.query("UPDATE budget_callers SET expires_at = now() WHERE holder = 'a'");
    await eventually(() => expect(waiting.through).toBe(1));
  });

  it('[A1] a person who waits is told at once when to try again, and takes nothing from those who wait', async () => {
    const [budget] = replicas('person', {});
    const normal = ask(budgets, 50);
    await eventually(() => expect(normal.through).toBe(90));
    await expect(budget?.take(false, performance.now() + 15_000)).rejects.toThrow(
      /^the provider's rate limit is used up at the moment; try again in [1-6]\d seconds$/,
    );
    expect(await usedOf('person')).toBe(90);
  });

  it('[F12] a service that stops tells those who wait to come again', async () => {
    const [budget] = replicas('stopping', { requests: 1 });
    await budget?.take(false);
    const waiting = budget?.take(false);
    budget?.close();
    await expect(waiting).rejects.toMatchObject({ kind: 'rate-limited' });
  });
});
