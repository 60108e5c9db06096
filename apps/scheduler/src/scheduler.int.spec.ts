import { masterKeyFrom } from '@kontaktor/config';
import { createEvent, linkChanged, syncRequested, type EventOf, type LinkChanged, type SyncRequested } from '@kontaktor/contracts';
import { openEmbeddedLog, Outbox, partitionOf, type Subscription, type Transport } from '@kontaktor/messaging';
import { createLogger } from '@kontaktor/observability';
import { startService, type RunningService } from '@kontaktor/service';
import { createTestDatabase, eventually, type TestDatabase } from '@kontaktor/testing';
import { v7 as uuidv7 } from 'uuid';
import { fireDueSlots } from './firing/fire-due-slots';
import { schedulerOn } from './index';

const zone = 'Europe/Prague';
const example = linkChanged.examples[0]?.data;

describe('scheduler', () => {
  let server: TestDatabase;
  let transport: Transport;
  let service: RunningService;
  let listener: Subscription;
  let now = new Date('2026-03-02T08:00:00Z');
  const asked: EventOf<SyncRequested>[] = [];

  const askedFor = (linkId: string) => asked.filter(({ data }) => data.linkId === linkId);
  const start = () =>
    startService(
      schedulerOn(() => Promise.resolve(now)),
      {
        ...{ databaseUrl: server.url, transport, port: 0, host: '127.0.0.1', logger: createLogger('scheduler', 'silent') },
        settings: {
          ...{ masterKey: masterKeyFrom('ab'.repeat(32)), serviceToken: 'token-of-the-test-run', allowPrivateUrls: true },
          ...{ registryUrl: () => '', webhookUrl: () => '' },
        },
      },
    );
  const change = async (data: Partial<LinkChanged>, occurredAt = now) => {
    if (example === undefined) throw new Error('the contract has no example');
    const event = { ...createEvent(linkChanged, { workspaceId: 'main' }, { ...example, ...data }), occurredAt: occurredAt.toISOString() };
    const key = linkChanged.key(event);
    await transport.publish([
      { id: uuidv7(), topic: linkChanged.name, partition: partitionOf(key, 4), keys: [key], body: JSON.stringify([event]) },
    ]);
    await eventually(async () => {
      const rows = await service.context.database.query('SELECT 1 FROM link_schedules WHERE link_id = $1 AND version = $2', [
        event.data.linkId,
        event.data.version,
      ]);
      expect(rows).toHaveLength(1);
    });
  };
  const scheduleOf = async (linkId: string) => {
    const rows = await service.context.database.query<{ next_slot: Date | null }>(
      'SELECT next_slot FROM link_schedules WHERE link_id = $1',
      [linkId],
    );
    return rows[0]?.next_slot ?? undefined;
  };

  beforeAll(async () => {
    server = await createTestDatabase();
    transport = await openEmbeddedLog(server.url, () => undefined);
    listener = await transport.subscribe([syncRequested.name], 'listener', async (parcels) => {
      for (const { body } of parcels) asked.push(...JSON.parse(body));
    });
    service = await start();
  });
  afterAll(async () => {
    await service.stop();
    await listener.stop();
    await transport.close();
    await server.drop();
  });

  it('[A4] asks for a full run every 24 h, the first one period after the link was enabled', async () => {
    await change({ linkId: 'every', version: 1 });
    expect(askedFor('every')).toEqual([]);
    now = new Date('2026-03-03T08:00:00Z');
    await eventually(() => expect(askedFor('every')).toHaveLength(1));
    expect(syncRequested.schema.parse(askedFor('every')[0])).toMatchObject({
      workspaceId: 'main',
      data: { linkId: 'every', mode: 'full', slot: '2026-03-03T08:00:00.000Z', runId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/) },
    });
    now = new Date('2026-03-04T08:00:01Z');
    await eventually(() => expect(askedFor('every')).toHaveLength(2));
    expect(new Set(askedFor('every').map(({ data }) => data.runId)).size).toBe(2);
  });

  it('[B2] fires once for all that it missed while it was down, then goes on by the schedule', async () => {
    await change({ linkId: 'missed', version: 1, schedule: { kind: 'daily', at: '02:30', zone } });
    await service.stop();
    now = new Date('2026-03-14T12:00:00Z');
    service = await start();
    await eventually(() => expect(askedFor('missed').map(({ data }) => data.slot)).toEqual(['2026-03-05T01:30:00.000Z']));
    expect(await scheduleOf('missed')).toEqual(new Date('2026-03-15T01:30:00Z'));
    now = new Date('2026-03-15T01:30:00Z');
    await eventually(() => expect(askedFor('missed')).toHaveLength(2));
  });

  it('[B2] never fires a link that is disabled or deleted, and goes on anew when it is enabled again', async () => {
    now = new Date('2026-03-20T08:00:00Z');
    await change({ linkId: 'off', version: 1 });
    await change({ linkId: 'off', version: 2, enabled: false });
    await change({ linkId: 'gone', version: 1 });
    await change({ linkId: 'gone', version: 2, deleted: true });
    now = new Date('2026-03-25T08:00:00Z');
    await change({ linkId: 'off', version: 3 });
    expect(await scheduleOf('off')).toEqual(new Date('2026-03-26T08:00:00Z'));
    expect(await scheduleOf('gone')).toBeUndefined();
    now = new Date('2026-03-26T08:00:00Z');
    await eventually(() => expect(askedFor('off').map(({ data }) => data.slot)).toEqual(['2026-03-26T08:00:00.000Z']));
    // What is fired stands here at once, whoever hears of it when.
    expect(await service.context.database.query(`SELECT 1 FROM fired_slots WHERE link_id = 'gone'`)).toEqual([]);
  });

  it('[B2] a slot that was fired is not fired again, also when the schedule is edited to and fro', async () => {
    const daily = { kind: 'daily', at: '02:30', zone } as const;
    now = new Date('2026-04-01T00:00:00Z');
    await change({ linkId: 'edited', version: 1, schedule: daily });
    now = new Date('2026-04-01T00:30:00Z');
    await eventually(() => expect(askedFor('edited')).toHaveLength(1));
    const beforeTheSlot = new Date('2026-04-01T00:29:59Z');
    await change({ linkId: 'edited', version: 2, schedule: { ...daily, at: '02:31' } }, beforeTheSlot);
    await change({ linkId: 'edited', version: 3, schedule: daily }, beforeTheSlot);
    await eventually(async () => expect(await scheduleOf('edited')).toEqual(new Date('2026-04-02T00:30:00Z')));
    now = new Date('2026-04-02T00:30:00Z');
    await eventually(() => expect(askedFor('edited')).toHaveLength(2));
    expect(new Set(askedFor('edited').map(({ data }) => data.slot)).size).toBe(2);
  });

  describe('with several replicas', () => {
    const links = 450;
    const due = new Date('2026-05-01T00:00:00Z');
    const later = new Date('2026-05-01T00:00:30Z');
    let firing: Parameters<typeof fireDueSlots>[0];
    const fired = () =>
      service.context.database.query<{ link_id: string }>(`SELECT link_id FROM fired_slots WHERE link_id LIKE 'replica-%'`);

    beforeAll(async () => {
      now = new Date('2026-04-30T00:00:00Z');
      const { database, logger, messaging } = service.context;
      firing = { database, logger, outbox: messaging.outbox, clock: () => Promise.resolve(later) };
      await database.query('TRUNCATE link_schedules');
      await database.query(
        `INSERT INTO link_schedules SELECT 'main', 'replica-' || n, 1, '{"kind": "every", "hours": 1}', $1::timestamptz - interval '1 h', $1
         FROM generate_series(1, ${links}) n`,
        [due],
      );
    });

    it('[F12] a change that fails half-way fires nothing, and everything is due still', async () => {
      const broken = new Outbox(4, {}, () => undefined);
      jest.spyOn(broken, 'append').mockRejectedValue(new Error('no room'));
      await expect(fireDueSlots({ ...firing, outbox: broken })).rejects.toThrow('no room');
      expect(await fired()).toEqual([]);
    });

    it('[F12] each slot is fired once, by one of them', async () => {
      const replica = async (): Promise<number> => {
        const due = await fireDueSlots(firing);
        return due === 0 ? 0 : due + (await replica());
      };
      const shares = await Promise.all([replica(), replica(), replica(), replica()]);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(links);
      expect(new Set((await fired()).map(({ link_id }) => link_id)).size).toBe(links);
      await eventually(() => expect(asked.filter(({ data }) => data.linkId.startsWith('replica-'))).toHaveLength(links));
    });
  });

  it('[F12] says how long due slots have been waiting', async () => {
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('kontaktor_schedule_oldest_due_seconds{service="scheduler"} 0');
  });
});
