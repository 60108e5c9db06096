import { createTestDatabase, type TestDatabase } from '@kontaktor/testing';
import {
  acquireLease,
  Database,
  holdsLease,
  insertRows,
  isDatabaseUnavailable,
  leaseMigrations,
  releaseLease,
  type Migration,
} from './index';
import { meetingOf } from '../test/meeting-of';

describe('persistence', () => {
  let server: TestDatabase;
  let database: Database;
  const table = { id: 'things-1', sql: 'CREATE TABLE things (id int PRIMARY KEY, name text, tags text[], data jsonb, at timestamptz)' };

  beforeAll(async () => {
    server = await createTestDatabase();
    database = new Database({ url: server.url, schema: 'registry', migrations: [table, ...leaseMigrations] });
    await database.migrate();
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it('migrates once, also when replicas start together, and refuses an edited migration', async () => {
    const withMigrations = (...migrations: Migration[]) => new Database({ url: server.url, schema: 'race', migrations });
    const replicas = [1, 2, 3].map(() => withMigrations(table));
    expect((await Promise.all(replicas.map((replica) => replica.migrate()))).flat()).toEqual(['things-1']);
    const newer = withMigrations(table, { id: 'things-2', sql: 'ALTER TABLE things ADD price int' });
    expect(await newer.migrate()).toEqual(['things-2']);
    const edited = withMigrations({ ...table, sql: 'SELECT 1' });
    await expect(edited.migrate()).rejects.toThrow('Migration things-1 of schema race was edited');
    await Promise.all([...replicas, newer, edited].map((each) => each.close()));
  });

  it('[F12] closes when all is done, also what waited for a connection meanwhile', async () => {
    const narrow = new Database({ url: server.url, schema: 'registry', poolSize: 1 });
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const begun = new Promise<void>((resolve) => {
      void narrow.transaction(async () => {
        resolve();
        await ended;
      });
    });
    await begun;
    const waiting = narrow.query('SELECT 1 AS one');
    const closed = narrow.close();
    end();
    expect(await waiting).toEqual([{ one: 1 }]);
    await closed;
  });

  it('inserts thousands of rows with arrays, JSON and blanks, and leaves conflicts as told', async () => {
    const rows = Array.from({ length: 2500 }, (_, id) => ({
      id,
      name: id % 2 ? null : `Žluť ${id}`,
      tags: ['a,"{\\', `t${id}`, 'NULL', ''],
      data: id % 2 ? null : { id, text: '"\\,{}', none: null },
      at: new Date(id),
    }));
    const columns = { id: 'int', name: 'text', tags: 'text[]', data: 'jsonb', at: 'timestamptz' };
    const inserted = await insertRows(database, 'things', columns, rows, { returning: 'id' });
    expect(inserted).toHaveLength(2500);
    expect(await insertRows(database, 'things', columns, rows, { onConflict: 'ON CONFLICT DO NOTHING', returning: 'id' })).toEqual([]);
    expect(await database.query('SELECT * FROM things WHERE id IN (2001, 2002) ORDER BY id')).toEqual([rows[2001], rows[2002]]);
    expect(await database.query('SELECT 1 FROM things WHERE data IS NULL')).toHaveLength(1250);
  });

  it('a failed transaction leaves nothing and runs no after-commit action', async () => {
    const action = jest.fn();
    const failing = database.transaction(async (tx) => {
      tx.afterCommit(action);
      await tx.query("INSERT INTO things (id, name) VALUES (-1, 'x')");
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(action).not.toHaveBeenCalled();
    expect(await database.query('SELECT 1 FROM things WHERE id = -1')).toEqual([]);
  });

  it('repeats a transaction that lost a deadlock', async () => {
    const meet = meetingOf(2);
    const crossing = (first: number, second: number) =>
      database.transaction(async (tx) => {
        await tx.query('UPDATE things SET name = name WHERE id = $1', [first]);
        await meet();
        await tx.query('UPDATE things SET name = name WHERE id = $1', [second]);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    expect(meet.mock.calls.length).toBeGreaterThan(2);
  });

  it('a lease has one holder, and a lost one is known by its token', async () => {
    const lease = await acquireLease(database, 'relay', 'a', 60_000);
    expect(await acquireLease(database, 'relay', 'b', 60_000)).toBeUndefined();
    expect(await acquireLease(database, 'relay', 'a', 60_000)).toEqual(lease);
    if (lease === undefined) throw new Error('no lease');
    expect(await database.transaction((tx) => holdsLease(tx, lease))).toBe(true);
    await releaseLease(database, lease);
    expect(await acquireLease(database, 'relay', 'b', 60_000)).toMatchObject({ token: 2 });
    expect(await database.transaction((tx) => holdsLease(tx, lease))).toBe(false);
  });

  it('knows a server that is away from a statement that is wrong', async () => {
    const away = new Database({ url: 'postgres://x:x@127.0.0.1:1/x', schema: 'x' });
    expect(isDatabaseUnavailable(await away.query('SELECT 1').catch((error: unknown) => error))).toBe(true);
    expect(isDatabaseUnavailable(await database.query('SELECT wrong').catch((error: unknown) => error))).toBe(false);
    await away.close();
  });
});
