import { randomUUID } from 'node:crypto';
import { Database, insertRows } from '@kontaktor/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@kontaktor/testing';
import { EmbeddedTransport } from '../embedded/embedded-transport';
import { messagingMigrations } from '../messaging-migrations';
import type { Parcel } from '../transport';
import { OutboxRelay } from './relay';

/** Publishes into a list, as slowly and as unreliably as the test says. */
class TestWire extends EmbeddedTransport {
  readonly published: string[] = [];
  /** As over a wire that is elsewhere. */
  override readonly appendIn = undefined;
  beforePublish: () => Promise<void> = async () => undefined;

  override async publish(parcels: readonly Parcel[]): Promise<void> {
    await this.beforePublish();
    this.published.push(...parcels.map(({ body }) => body));
  }
}

describe('outbox relay', () => {
  let server: TestDatabase;
  let database: Database;
  let wire: TestWire;
  const columns = { id: 'uuid', topic: 'text', partition: 'int', body: 'text' };
  const errors: unknown[] = [];

  const append = (bodies: readonly string[]) =>
    insertRows(
      database,
      'outbox',
      columns,
      bodies.map((body) => ({ id: randomUUID(), topic: 't', partition: 0, body })),
    );
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => String(from + at));
  const relayOf = (holder: string) =>
    new OutboxRelay({ database, transport: wire, holder, onError: (error: unknown) => errors.push(error) });
  const waiting = async () => (await database.query('SELECT 1 FROM outbox')).length;

  beforeAll(async () => {
    server = await createTestDatabase();
    database = new Database({ url: server.url, schema: 'service', migrations: messagingMigrations });
    await database.migrate();
  });
  beforeEach(async () => {
    wire = new TestWire(database, () => undefined);
    await database.query('TRUNCATE outbox, leases');
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  it('[F12] of two replicas one carries everything, in order and once; the other takes over when it stops', async () => {
    const [first, second] = [relayOf('first'), relayOf('second')];
    first.start();
    await append(numbers(0, 10));
    await eventually(() => expect(wire.published).toHaveLength(10));
    second.start();
    for (let at = 10; at < 1500; at += 149) await append(numbers(at, at + 149));
    await eventually(() => expect(wire.published).toHaveLength(1500));
    await first.stop();
    await append(numbers(1500, 1600));
    await eventually(() => expect(wire.published).toEqual(numbers(0, 1600)));
    await eventually(async () => expect(await waiting()).toBe(0));
    await second.stop();
  });

  it('[F12] a replica that lost its lease while publishing deletes nothing: whoever holds it carries the same again', async () => {
    const first = relayOf('first');
    await append(numbers(0, 3));
    let taken = false;
    wire.beforePublish = async () => {
      if (taken) return;
      taken = true;
      await database.query(`UPDATE leases SET holder = 'second', token = token + 1, expires_at = now() + interval '1 hour'`);
    };
    first.start();
    await eventually(() => expect(wire.published).toHaveLength(3));
    await first.stop();
    expect(await waiting()).toBe(3);
    expect(await database.query('SELECT holder FROM leases')).toEqual([{ holder: 'second' }]);
    await database.query('UPDATE leases SET expires_at = now()');
    const second = relayOf('second');
    second.start();
    await eventually(async () => expect(await waiting()).toBe(0));
    expect(wire.published).toEqual([...numbers(0, 3), ...numbers(0, 3)]);
    await second.stop();
  });

  it('[F12] when the wire is away it waits longer each time, however much is committed meanwhile, and then carries all of it', async () => {
    let away = true;
    let tries = 0;
    wire.beforePublish = async () => {
      tries += 1;
      if (away) throw new Error('wire away');
    };
    const relay = relayOf('first');
    relay.start();
    await append(['first']);
    await eventually(() => expect(errors).toContainEqual(new Error('wire away')));
    for (let at = 0; at < 200; at += 1) {
      await append([String(at)]);
      relay.nudge();
    }
    expect(tries).toBeLessThan(20);
    away = false;
    await eventually(() => expect(wire.published).toEqual(['first', ...numbers(0, 200)]));
    await relay.stop();
  });

  it('[F12] carries a backlog of large parcels in rounds that fit into memory', async () => {
    const sizes: number[] = [];
    const publish = wire.publish.bind(wire);
    wire.publish = async (parcels) => {
      sizes.push(parcels.reduce((sum, { body }) => sum + body.length, 0));
      await publish(parcels);
    };
    await append(numbers(0, 30).map((digit) => digit.padEnd(1024 * 1024)));
    const relay = relayOf('first');
    relay.start();
    await eventually(async () => expect(await waiting()).toBe(0));
    expect(wire.published.map((body) => body.trim())).toEqual(numbers(0, 30));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(9 * 1024 * 1024);
    await relay.stop();
  });
});
