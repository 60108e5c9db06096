import { randomUUID } from 'node:crypto';
import { Database } from '@kontaktor/persistence';
import { createTestDatabase, eventually, type TestDatabase } from '@kontaktor/testing';
import type { ReceivedParcel } from '../transport';
import { embeddedLogMigrations } from './embedded-migrations';
import { EmbeddedTransport } from './embedded-transport';

const topics = ['b.topic', 'a.topic', 'B.topic'];

describe('events that services append to the log in their own transactions', () => {
  let server: TestDatabase;
  let service: Database;
  let log: EmbeddedTransport;

  beforeAll(async () => {
    server = await createTestDatabase();
    service = new Database({ url: server.url, schema: 'service', poolSize: 12 });
    const events = new Database({ url: server.url, schema: 'event_log', migrations: embeddedLogMigrations });
    await events.migrate();
    log = new EmbeddedTransport(events, () => undefined);
    await log.ensureTopics(
      topics.map((name) => ({ name, compacted: false, retentionMs: 3_600_000 })),
      3,
    );
  });
  afterAll(async () => {
    await log.close();
    await service.close();
    await server.drop();
  });

  const append = (round: number, fails: boolean) =>
    service.transaction(async (tx) => {
      const parcels = [0, 1, 2, 3].map((at) => ({
        ...{ id: randomUUID(), topic: topics[(round + at) % 3] ?? '', partition: (round * 2 + at) % 3, body: `${round} ${at}` },
      }));
      await log.appendIn?.(tx, parcels);
      if (fails) throw new Error('rolled back');
    });

  it('[F1] side by side they get every position once, without gaps, and each is read once and in order', async () => {
    const seen: ReceivedParcel[] = [];
    const subscription = await log.subscribe(topics, 'g', async (parcels) => void seen.push(...parcels));
    const rounds = Array.from({ length: 120 }, (_, round) => append(round, round % 7 === 0).catch(() => 'failed'));
    const failed = (await Promise.all(rounds)).filter((one) => one === 'failed').length;
    expect(failed).toBe(18);
    await eventually(() => expect(seen).toHaveLength(4 * (120 - failed)));
    for (const topic of topics)
      for (const partition of [0, 1, 2]) {
        const offsets = seen.filter((one) => one.topic === topic && one.partition === partition).map(({ offset }) => Number(offset));
        expect(offsets).toEqual(offsets.map((_, at) => at));
      }
    await subscription.stop();
  });

  it('[F12] what another process appended is read too, and what no topic takes is refused by name', async () => {
    const other = new EmbeddedTransport(new Database({ url: server.url, schema: 'event_log' }), () => undefined);
    const seen: ReceivedParcel[] = [];
    const subscription = await log.subscribe(topics, 'other', async (parcels) => void seen.push(...parcels));
    await eventually(() => expect(seen.length).toBeGreaterThan(0));
    await other.publish([{ id: randomUUID(), topic: 'a.topic', partition: 1, body: 'from elsewhere' }]);
    await eventually(() => expect(seen.at(-1)?.body).toBe('from elsewhere'));
    await expect(other.publish([{ id: randomUUID(), topic: 'unknown', partition: 0, body: '' }])).rejects.toThrow(
      'Topic unknown has no partition 0 in the event log',
    );
    await Promise.all([subscription.stop(), other.close()]);
  });
});
