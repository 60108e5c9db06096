import { createEvent, syncRequested, type EventOf, type SyncRequested } from '@kontaktor/contracts';
import { Database, runMigrations, type Tx } from '@kontaktor/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@kontaktor/testing';
import { embeddedLogMigrations, EmbeddedTransport, messagingMigrations, Outbox, OutboxRelay } from '../index';
import { Consumer } from './consumer';
import { handlerOf } from './topic-handler';

const effects = { id: 'effects', sql: 'CREATE TABLE effects (n bigint GENERATED ALWAYS AS IDENTITY, run_id text)' };

describe('outbox, relay and consumer', () => {
  let server: TestDatabase;
  let database: Database;
  let transport: EmbeddedTransport;
  let outbox: Outbox;
  let relay: OutboxRelay;
  let consumer: Consumer;
  const dead: string[] = [];
  let poison = 'poison';

  const event = (runId: string) => createEvent(syncRequested, { workspaceId: 'main' }, { linkId: runId, runId, mode: 'full' });
  const effectsOf = async () =>
    (await database.query<{ run_id: string }>('SELECT run_id FROM effects ORDER BY n')).map(({ run_id }) => run_id);
  const send = (events: readonly EventOf<SyncRequested>[]) => database.transaction((tx) => outbox.append(tx, syncRequested, events));
  const apply = async (events: readonly EventOf<SyncRequested>[], tx: Tx) => {
    for (const { data } of events) {
      await tx.query('INSERT INTO effects (run_id) VALUES ($1)', [data.runId]);
      if (data.runId === poison) throw new Error('this run cannot be');
    }
  };

  beforeAll(async () => {
    server = await createTestDatabase();
    const log = new Database({ url: server.url, schema: 'event_log' });
    await runMigrations(log, embeddedLogMigrations);
    database = new Database({ url: server.url, schema: 'service' });
    await runMigrations(database, [...messagingMigrations, effects]);
    transport = new EmbeddedTransport(log, () => undefined);
    await transport.ensureTopics([syncRequested, { ...syncRequested, name: 'sync.requested.dead' }], 4);
    relay = new OutboxRelay({ database, transport, holder: 'test', onError: () => undefined });
    outbox = new Outbox(4, relay.nudge);
    const onDead = (topic: string, reason: string): void => void dead.push(`${topic}: ${reason}`);
    consumer = new Consumer({ transport, database, outbox, group: 'service', handlers: [handlerOf(syncRequested, apply)], onDead });
    await consumer.start();
    relay.start();
  });
  beforeEach(() => database.query('TRUNCATE effects'));
  afterAll(async () => {
    await relay.stop();
    await consumer.stop();
    await transport.close();
    await database.close();
    await server.drop();
  });

  it('[F1] a change that is rolled back sends nothing, a committed one takes effect once', async () => {
    const failing = database.transaction(async (tx) => {
      await outbox.append(tx, syncRequested, [event('never')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await send(Array.from({ length: 1200 }, (_, at) => event(`run-${at}`)));
    await eventually(async () => expect(await effectsOf()).toHaveLength(1200));
    expect(await database.query('SELECT 1 FROM outbox')).toEqual([]);
  });

  it('[F1] a parcel that comes twice takes effect once', async () => {
    const parcel = {
      id: '00000000-0000-4000-8000-000000000001',
      topic: 'sync.requested',
      partition: 0,
      body: JSON.stringify([event('once')]),
    };
    await transport.publish([parcel, parcel]);
    await transport.publish([parcel, { ...parcel, id: '00000000-0000-4000-8000-000000000002', body: JSON.stringify([event('last')]) }]);
    await eventually(async () => expect(await effectsOf()).toContain('last'));
    expect(await effectsOf()).toEqual(['once', 'last']);
  });

  it('[F12] a poison event goes to .dead alone, with its reason, and can be sent again', async () => {
    const events = ['a', 'b', 'poison', 'c'].map((runId) => ({ ...event(runId), data: { linkId: 'same', runId, mode: 'full' as const } }));
    await send(events);
    await eventually(async () => expect(await effectsOf()).toEqual(['a', 'b', 'c']));
    await eventually(() => expect(dead).toEqual(['sync.requested: this run cannot be']));
    expect(await consumer.sendAgain()).toEqual({ applied: 0, stillDead: 1 });
    poison = 'cured';
    expect(await consumer.sendAgain()).toEqual({ applied: 1, stillDead: 0 });
    expect(await effectsOf()).toEqual(['a', 'b', 'c', 'poison']);
    expect(await consumer.sendAgain()).toEqual({ applied: 0, stillDead: 0 });
  });

  it('[F12] what is not an event of the contract, or not even JSON, goes to .dead too', async () => {
    const parcel = { topic: 'sync.requested', partition: 1 };
    await transport.publish([
      { ...parcel, id: '00000000-0000-4000-8000-000000000011', body: '{"half' },
      { ...parcel, id: '00000000-0000-4000-8000-000000000012', body: JSON.stringify([{ id: 1 }, event('good')]) },
    ]);
    await eventually(async () => expect(await effectsOf()).toEqual(['good']));
    const letters = await database.query<{ event: unknown }>(
      'SELECT event FROM dead_letters WHERE sent_again_at IS NULL ORDER BY died_at, id',
    );
    expect(letters.map((letter) => letter.event)).toEqual(['{"half', { id: 1 }]);
  });

  it('[F12] many unreadable events in a row pause the partition instead of emptying it into .dead', async () => {
    const before = await database.query('SELECT 1 FROM dead_letters');
    await transport.publish([
      { id: '00000000-0000-4000-8000-000000000021', topic: 'sync.requested', partition: 2, body: JSON.stringify(Array(25).fill({})) },
    ]);
    await send([event('goes-on'), event('goes-on-too'), event('and-on')]);
    await eventually(async () => expect((await effectsOf()).length).toBeGreaterThan(0));
    expect(await database.query('SELECT 1 FROM dead_letters')).toHaveLength(before.length);
    expect(await transport.lag('service', ['sync.requested'])).toBeGreaterThan(0);
  });
});
