import { randomUUID } from 'node:crypto';
import { createEvent, syncRequested, type EventOf, type SyncRequested } from '@kontaktor/contracts';
import { Database, type Tx } from '@kontaktor/persistence';
import { createTestDatabase, eventually, openTcpLine, type TcpLine, type TestDatabase } from '@kontaktor/testing';
import { Consumer, handlerOf, messagingMigrations, Outbox, OutboxRelay, type Transport } from '../src';

const effects = { id: 'effects', sql: 'CREATE TABLE effects (n bigint GENERATED ALWAYS AS IDENTITY, run_id text)' };
const partitions = 4;

/** What a service may rely on, whatever the wire. */
export function describeConsumer(name: string, openTransport: (databaseUrl: string) => Promise<Transport>): void {
  describe(`outbox, relay and consumer over ${name}`, () => {
    // A topic of its own: a Kafka that others use too is welcome.
    const topic = { ...syncRequested, name: `sync.requested.${randomUUID()}` };
    const group = `service.${randomUUID()}`;
    let server: TestDatabase;
    let database: Database;
    let line: TcpLine;
    let cuttable: Database;
    let transport: Transport;
    let outbox: Outbox;
    let relay: OutboxRelay;
    let consumer: Consumer;
    const dead: string[] = [];
    let poison = 'poison';

    const event = (runId: string, linkId = runId) => createEvent(topic, { workspaceId: 'main' }, { linkId, runId, mode: 'full' });
    const effectsOf = async () =>
      (await database.query<{ run_id: string }>('SELECT run_id FROM effects ORDER BY n')).map(({ run_id }) => run_id);
    const lettersOf = async () =>
      (await database.query<{ event: string }>('SELECT event FROM dead_letters WHERE sent_again_at IS NULL ORDER BY id')).map((letter) =>
        JSON.parse(letter.event),
      );
    const send = (events: readonly EventOf<SyncRequested>[]) => database.transaction((tx) => outbox.append(tx, topic, events));
    const parcel = (partition: number, events: unknown) => ({
      ...{ id: randomUUID(), topic: topic.name, partition },
      body: typeof events === 'string' ? events : JSON.stringify(events),
    });
    const apply = async (events: readonly EventOf<SyncRequested>[], tx: Tx) => {
      for (const { data } of events) {
        await tx.query('INSERT INTO effects (run_id) VALUES ($1)', [data.runId]);
        if (data.runId === poison) throw new Error('this run cannot be');
      }
    };

    beforeAll(async () => {
      server = await createTestDatabase();
      database = new Database({ url: server.url, schema: 'service', migrations: [...messagingMigrations, effects] });
      await database.migrate();
      const url = new URL(server.url);
      line = await openTcpLine({ host: url.hostname, port: Number(url.port) });
      url.port = String(line.port);
      cuttable = new Database({ url: url.href, schema: 'service' });
      transport = await openTransport(server.url);
      await transport.ensureTopics([topic, { ...topic, name: `${topic.name}.dead` }], partitions);
      relay = new OutboxRelay({ database, transport, holder: 'test', onError: () => undefined });
      outbox = new Outbox(partitions, transport, relay.nudge);
      const onDead = (where: string, reason: string): void => void dead.push(`${where}: ${reason}`);
      consumer = new Consumer({ transport, database: cuttable, outbox, group, handlers: [handlerOf(topic, apply)], onDead });
      await consumer.start();
      relay.start();
    });
    beforeEach(() => database.query('TRUNCATE effects, dead_letters'));
    afterAll(async () => {
      await relay.stop();
      await consumer.stop();
      await transport.close();
      await cuttable.close();
      await line.close();
      await database.close();
      await server.drop();
    });

    it('[F1] a change that is rolled back sends nothing, a committed one takes effect once', async () => {
      const failing = database.transaction(async (tx) => {
        await outbox.append(tx, topic, [event('never')]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await send(Array.from({ length: 1200 }, (_, at) => event(`run-${at}`)));
      await eventually(async () => expect(await effectsOf()).toHaveLength(1200));
      await eventually(async () => expect(await database.query('SELECT 1 FROM outbox')).toEqual([]));
    });

    it('[F1] a parcel that comes twice takes effect once', async () => {
      const once = parcel(0, [event('once')]);
      await transport.publish([once, once]);
      await transport.publish([once, parcel(0, [event('last')])]);
      await eventually(async () => expect(await effectsOf()).toContain('last'));
      expect(await effectsOf()).toEqual(['once', 'last']);
    });

    it('[F12] a poison event goes to .dead alone, with its reason, and can be sent again', async () => {
      await send(['a', 'b', 'poison', 'c'].map((runId) => event(runId, 'same')));
      await eventually(async () => expect(await effectsOf()).toEqual(['a', 'b', 'c']));
      await eventually(() => expect(dead).toEqual([`${topic.name}: this run cannot be`]));
      expect(await consumer.sendAgain()).toEqual({ applied: 0, stillDead: 1 });
      poison = 'cured';
      expect(await consumer.sendAgain()).toEqual({ applied: 1, stillDead: 0 });
      expect(await effectsOf()).toEqual(['a', 'b', 'c', 'poison']);
      expect(await consumer.sendAgain()).toEqual({ applied: 0, stillDead: 0 });
      const onWire: string[] = [];
      const watching = await transport.subscribe([`${topic.name}.dead`], `watch.${group}`, async (parcels) => {
        onWire.push(...parcels.map(({ body }) => body));
      });
      await eventually(() => expect(onWire.join()).toContain('"reason":"this run cannot be"'));
      await watching.stop();
    });

    it('[F12] what is not an event of the contract, or not even JSON, goes to .dead too', async () => {
      await transport.publish([parcel(1, '{"half'), parcel(1, [{ id: 1 }, event('good')])]);
      await eventually(async () => expect(await effectsOf()).toEqual(['good']));
      expect(await lettersOf()).toEqual(['{"half', { id: 1 }]);
    });

    it('[F12] text that Postgres cannot keep goes to .dead as it came, and the partition goes on', async () => {
      const [nul, surrogate] = [event('nul \u0000'), { half: '\ud83d' }];
      await transport.publish([parcel(1, [nul]), parcel(1, [surrogate]), parcel(1, [event('good')])]);
      await eventually(async () => expect(await effectsOf()).toEqual(['good']));
      expect(await lettersOf()).toEqual([nul, surrogate]);
    });

    it('[F12] what was sent while the database was away is applied once and in order when it is back', async () => {
      line.cut();
      await send(Array.from({ length: 600 }, (_, at) => event(`run-${at}`, 'same')));
      await send([event('run-600', 'same')]);
      await eventually(async () => expect(await database.query('SELECT 1 FROM outbox')).toEqual([]));
      expect(await effectsOf()).toEqual([]);
      line.mend();
      await eventually(async () => expect(await effectsOf()).toHaveLength(601));
      expect(await effectsOf()).toEqual(Array.from({ length: 601 }, (_, at) => `run-${at}`));
      expect(await lettersOf()).toEqual([]);
    });

    it('[F12] many unreadable events in a row pause the partition, also behind a good one, instead of emptying it into .dead', async () => {
      await transport.publish([parcel(2, [event('before'), ...Array<object>(25).fill({})])]);
      await transport.publish([parcel(3, [event('goes-on')])]);
      await eventually(async () => expect(await effectsOf()).toEqual(['goes-on']));
      expect(await lettersOf()).toEqual([]);
      await eventually(async () => expect(await transport.lag(group, [topic.name])).toBe(1));
    });

    it('[F12] an event that no wire would carry fails the change that announces it', async () => {
      await expect(send([event('large', 'x'.repeat(9 * 1024 * 1024))])).rejects.toThrow('more than 8 MB');
    });
  });
}
