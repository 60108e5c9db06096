import { randomUUID } from 'node:crypto';
import { Database } from '@kontaktor/persistence';
import { createTestDatabase, openTcpLine } from '@kontaktor/testing';
import { embeddedLogMigrations, EmbeddedTransport } from '../src';
import { describeConsumer } from './consumer-promises';
import { describeTraces } from './trace-promises';
import { describeTransport } from './transport-contract';

describeTransport('embedded', { severalConsumers: false }, async () => {
  const server = await createTestDatabase();
  const url = new URL(server.url);
  const line = await openTcpLine({ host: url.hostname, port: Number(url.port) });
  url.port = String(line.port);
  const migrating = new Database({ url: server.url, schema: 'event_log', migrations: embeddedLogMigrations });
  await migrating.migrate();
  await migrating.close();
  return {
    connect: async () => new EmbeddedTransport(new Database({ url: url.href, schema: 'event_log' }), () => undefined),
    cut: line.cut,
    mend: line.mend,
    stop: async () => {
      await line.close();
      await server.drop();
    },
  };
});

const openLog = async (url: string): Promise<EmbeddedTransport> => {
  const log = new Database({ url, schema: 'event_log', migrations: embeddedLogMigrations });
  await log.migrate();
  return new EmbeddedTransport(log, () => undefined);
};
describeConsumer('the embedded log', openLog);
describeTraces('the embedded log', openLog);

describe('embedded log', () => {
  it('[F13] keeps the last event of a key on compacted topics, and can be read again from the start', async () => {
    const server = await createTestDatabase();
    const database = new Database({ url: server.url, schema: 'event_log', migrations: embeddedLogMigrations });
    await database.migrate();
    const log = new EmbeddedTransport(database, () => undefined);
    await log.ensureTopics([{ name: 'link.changed', compacted: true, retentionMs: 1 }], 1);
    const sent = [
      { keys: ['a'], body: '[0]' },
      { keys: ['b', 'a', 'c'], body: '["\\u0000 b",\n1,\n2]' },
      { keys: ['c', 'a', 'c'], body: '[3,\n4,\n5]' },
    ];
    await log.publish(sent.map((one) => ({ ...one, id: randomUUID(), topic: 'link.changed', partition: 0 })));
    await log.housekeep();
    const read = async () => {
      const seen: string[] = [];
      await new Promise<void>((resolve, reject) => {
        log
          .subscribe(['link.changed'], 'g', async (parcels) => {
            seen.push(...parcels.map(({ body }) => body));
            resolve();
          })
          .then((subscription) => (stop = () => subscription.stop()), reject);
      });
      await stop();
      return seen;
    };
    let stop: () => Promise<void> = async () => undefined;
    const left = ['["\\u0000 b"]', '[4,\n5]'];
    expect(await read()).toEqual(left);
    expect(await database.query('SELECT keys FROM parcels ORDER BY position')).toEqual([{ keys: ['b'] }, { keys: ['a', 'c'] }]);
    await log.replay('g', ['link.changed']);
    expect(await read()).toEqual(left);
    await log.close();
    await server.drop();
  });

  it('[F12] counts no lag for what retention dropped before it was read', async () => {
    const server = await createTestDatabase();
    const database = new Database({ url: server.url, schema: 'event_log', migrations: embeddedLogMigrations });
    await database.migrate();
    const log = new EmbeddedTransport(database, () => undefined);
    await log.ensureTopics([{ name: 'read.requested', compacted: false, retentionMs: 60_000 }], 2);
    const parcel = (digit: number) => ({
      id: `00000000-0000-4000-8000-00000000000${digit}`,
      topic: 'read.requested',
      partition: 0,
      body: '[]',
    });
    await log.publish([parcel(1), parcel(2)]);
    expect(await log.lag('g', ['read.requested'])).toBe(2);
    await database.query("UPDATE parcels SET appended_at = now() - interval '1 hour'");
    await log.housekeep();
    expect(await log.lag('g', ['read.requested'])).toBe(0);
    await log.publish([parcel(3)]);
    expect(await log.lag('g', ['read.requested'])).toBe(1);
    await log.close();
    await server.drop();
  });
});
