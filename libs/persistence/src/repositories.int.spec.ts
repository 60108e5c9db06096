import { createTestDatabase, type TestDatabase } from '@kontaktor/testing';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { meetingOf } from '../test/meeting-of';
import { Database, isDatabaseUnavailable, type Tx } from './index';

@Entity('things')
class Thing {
  @PrimaryColumn('text') thingId: string;
  @Column('bigint') seen: number;
  @Column('jsonb', { nullable: true }) data: object | null;
  @Column('timestamptz', { default: () => 'now()' }) madeAt: Date;
}

describe('repositories', () => {
  let server: TestDatabase;
  let database: Database;
  const seenOf = async (id: string) => (await database.repository(Thing).findOneBy({ thingId: id }))?.seen;

  beforeAll(async () => {
    server = await createTestDatabase();
    const sql =
      'CREATE TABLE things (thing_id text PRIMARY KEY, seen bigint NOT NULL, data jsonb, made_at timestamptz NOT NULL DEFAULT now())';
    database = new Database({ url: server.url, schema: 'shop', poolSize: 2, entities: [Thing], migrations: [{ id: 'things-1', sql }] });
    await database.migrate();
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it('write and read one entity, in names of ours and of the database', async () => {
    await database.repository(Thing).insert({ thingId: 'a', seen: 2 ** 40, data: { name: 'Žluť' } });
    expect(await database.query('SELECT thing_id, seen, data FROM things')).toEqual([
      { thing_id: 'a', seen: 2 ** 40, data: { name: 'Žluť' } },
    ]);
    expect(await database.repository(Thing).findOneBy({ thingId: 'a' })).toMatchObject({ seen: 2 ** 40, data: { name: 'Žluť' } });
  });

  it('are in the transaction of the SQL beside them: both are kept, or neither', async () => {
    await database.transaction(async (tx) => {
      await tx.repository(Thing).save({ thingId: 'b', seen: 1 });
      await tx.query('UPDATE things SET seen = seen + 1 WHERE thing_id = $1', ['b']);
      expect(await tx.repository(Thing).countBy({ thingId: 'b', seen: 2 })).toBe(1);
      expect(await seenOf('b')).toBeUndefined();
    });
    expect(await seenOf('b')).toBe(2);
    const failing = database.transaction(async (tx) => {
      await tx.query('UPDATE things SET seen = 9 WHERE thing_id = $1', ['b']);
      await tx.repository(Thing).save({ thingId: 'c', seen: 1 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect([await seenOf('b'), await seenOf('c')]).toEqual([2, undefined]);
  });

  it('a deadlock met by a repository repeats the transaction', async () => {
    await database.repository(Thing).upsert(
      ['x', 'y'].map((thingId) => ({ thingId, seen: 0 })),
      ['thingId'],
    );
    const meet = meetingOf(2);
    const crossing = (first: string, second: string) =>
      database.transaction(async (tx) => {
        await tx.repository(Thing).increment({ thingId: first }, 'seen', 1);
        await meet();
        await tx.repository(Thing).increment({ thingId: second }, 'seen', 1);
      });
    await Promise.all([crossing('x', 'y'), crossing('y', 'x')]);
    expect(meet.mock.calls.length).toBeGreaterThan(2);
    expect([await seenOf('x'), await seenOf('y')]).toEqual([2, 2]);
  });

  it('a connection that breaks in a transaction is the database away, not the statement wrong; the next one works', async () => {
    const broken = async (next: (tx: Tx) => Promise<unknown>) =>
      database.transaction(async (tx) => {
        const [{ pid } = { pid: 0 }] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await database.query('SELECT pg_terminate_backend($1, 5000)', [pid]);
        await next(tx);
      });
    const onward: ((tx: Tx) => Promise<unknown>)[] = [
      (tx) => tx.query('SELECT 1'),
      (tx) => tx.repository(Thing).count(),
      () => Promise.resolve(),
    ];
    for (const next of onward) {
      const failure: unknown = await broken(next).catch((error: unknown) => error);
      expect([failure, isDatabaseUnavailable(failure)]).toEqual([expect.any(Error), true]);
    }
    expect(await database.transaction((tx) => tx.repository(Thing).countBy({ thingId: 'a' }))).toBe(1);
  });

  it('closing waits for the transaction in hand, and nothing connects again', async () => {
    const other = new Database({ url: server.url, schema: 'shop', entities: [Thing] });
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let begun: () => void = () => undefined;
    const inHand = new Promise<void>((resolve) => (begun = resolve));
    const transaction = other.transaction(async (tx) => {
      await tx.query('SELECT 1');
      begun();
      await gate;
      await tx.repository(Thing).insert({ thingId: 'last', seen: 1 });
    });
    await inHand;
    const closing = other.close();
    go();
    await Promise.all([transaction, closing]);
    expect(await seenOf('last')).toBe(1);
    await expect(other.query('SELECT 1')).rejects.toThrow('after calling end');
    await other.close();
  });
});
