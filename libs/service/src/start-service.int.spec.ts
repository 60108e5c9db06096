import { createEvent, syncRequested, type EventOf, type SyncRequested } from '@kontaktor/contracts';
import { masterKeyFrom } from '@kontaktor/config';
import { BatchHandler, messagingMigrations, openEmbeddedLog, type Transport } from '@kontaktor/messaging';
import { createLogger } from '@kontaktor/observability';
import type { Tx } from '@kontaktor/persistence';
import { createTestDatabase, eventually, openTcpLine, type TcpLine, type TestDatabase } from '@kontaktor/testing';
import { Controller, Get, Module } from '@nestjs/common';
import { removeExpired, startService, type RunningService, type ServiceDefinition } from './index';

const serviceToken = 'token-of-the-test-run';
const control: { beforeEach: (event: EventOf<SyncRequested>) => Promise<void>; request: () => Promise<void> } = {
  beforeEach: () => Promise.resolve(),
  request: () => Promise.resolve(),
};

@Controller()
class RunsController {
  @BatchHandler(syncRequested)
  async onSyncRequested(events: readonly EventOf<SyncRequested>[], tx: Tx): Promise<void> {
    for (const event of events) {
      await control.beforeEach(event);
      await tx.query('INSERT INTO asked (run_id) VALUES ($1)', [event.data.runId]);
    }
  }

  @Get('lists')
  async lists(): Promise<string[]> {
    await control.request();
    return ['news'];
  }
}

@Module({ controllers: [RunsController] })
class RunsModule {}

@Controller()
class OtherRunsController {
  @BatchHandler(syncRequested)
  onSyncRequested(_events: readonly EventOf<SyncRequested>[], _tx: Tx): Promise<void> {
    return Promise.resolve();
  }
}

@Module({ controllers: [RunsController, OtherRunsController] })
class TwiceModule {}

const definition: ServiceDefinition = {
  name: 'tiny-service',
  migrations: [...messagingMigrations, { id: 'tiny-1', sql: 'CREATE TABLE asked (run_id text, at timestamptz NOT NULL DEFAULT now())' }],
  module: RunsModule,
  retention: [{ table: 'asked', column: 'at', days: 1 }],
};

describe('a service', () => {
  let server: TestDatabase;
  let line: TcpLine;
  let transport: Transport;
  let service: RunningService;
  const lines: string[] = [];

  const start = () => {
    const url = new URL(server.url);
    url.port = String(line.port);
    return startService(definition, {
      ...{ databaseUrl: url.href, transport, port: 0, host: '127.0.0.1' },
      logger: createLogger('tiny-service', 'info', { write: (text) => void lines.push(text) }),
      settings: {
        ...{ masterKey: masterKeyFrom('ab'.repeat(32)), serviceToken, allowPrivateUrls: true },
        ...{ registryUrl: () => '', webhookUrl: () => '' },
      },
    });
  };
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${service.url}${path}`, init);
    const text = await response.text();
    return { status: response.status, text, json: (): unknown => JSON.parse(text) };
  };
  const withToken = (init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { authorization: `Bearer ${serviceToken}`, 'content-type': 'application/json' },
  });
  const ask = async (...runIds: string[]) => {
    const { database, messaging } = service.context;
    const events = runIds.map((runId) => createEvent(syncRequested, { workspaceId: 'main' }, { linkId: 'news', runId, mode: 'full' }));
    await database.transaction((tx) => messaging.outbox.append(tx, syncRequested, events));
    return events;
  };
  const asked = async () => (await service.context.database.query<{ run_id: string }>('SELECT run_id FROM asked')).map((row) => row.run_id);

  beforeAll(async () => {
    server = await createTestDatabase();
    const { hostname, port } = new URL(server.url);
    line = await openTcpLine({ host: hostname, port: Number(port) });
    transport = await openEmbeddedLog(server.url, () => undefined);
    const begun = performance.now();
    service = await start();
    process.stdout.write(`a service started in ${Math.round(performance.now() - begun)} ms\n`);
  });
  afterEach(() => {
    control.beforeEach = () => Promise.resolve();
  });
  afterAll(async () => {
    await service.stop();
    await transport.close();
    await line.close();
    await server.drop();
  });

  it('[F12] is live without its database, and says why it is not ready', async () => {
    await eventually(async () => expect(await call('/health/ready')).toMatchObject({ status: 200 }));
    line.cut();
    expect(await call('/health/live')).toMatchObject({ status: 200 });
    const away = await call('/health/ready');
    expect([away.status, away.json()]).toEqual([503, { status: 'not ready', problems: [expect.stringMatching(/^database: \S/)] }]);
    expect((await call('/metrics')).text).toMatch(/kontaktor_outbox_waiting_rows\S* Nan/);
    line.mend();
    await eventually(async () => expect(await call('/health/ready')).toMatchObject({ status: 200 }));
  });

  it('[F10] shows what waits: lag by topic, outbox, dead letters', async () => {
    const { text } = await call('/metrics');
    expect(text).toContain('kontaktor_consumer_lag_parcels{topic="sync.requested",service="tiny-service"} ');
    for (const name of ['outbox_waiting_rows', 'outbox_oldest_seconds', 'dead_letters'])
      expect(text).toMatch(new RegExp(`kontaktor_${name}\\{service="tiny-service"\\} \\d`));
  });

  it('[F16] keeps internal HTTP for who knows the service token', async () => {
    const answers = await Promise.all([
      call('/internal/dead-letters'),
      call('/internal/dead-letters', { headers: { authorization: serviceToken } }),
      call('/internal/dead-letters', { headers: { authorization: 'Bearer other' } }),
      call('/internal/dead-letters', withToken()),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 200]);
  });

  it('[F10] lists what it could not apply, logs it with its correlation id, and applies it again when told to', async () => {
    control.beforeEach = ({ data }) =>
      data.runId === 'bad' ? Promise.reject(new Error('no place for jana@firma.test')) : Promise.resolve();
    const [, bad] = await ask('good-1', 'bad', 'good-2');
    await eventually(async () => expect(await asked()).toEqual(expect.arrayContaining(['good-1', 'good-2'])));
    const letters = await eventually(async () => {
      const listed = (await call('/internal/dead-letters', withToken())).json();
      expect(listed).toEqual([expect.objectContaining({ topic: 'sync.requested', reason: expect.stringContaining('no place for') })]);
      return listed;
    });
    await eventually(() => expect(lines.join('')).toContain(`"correlationId":"${bad?.correlationId}"`));
    expect(lines.join('')).not.toContain('jana@');
    expect((await call('/metrics')).text).toContain('kontaktor_dead_letters{service="tiny-service"} 1');

    const sendAgain = (body: object) =>
      call('/internal/dead-letters/send-again', withToken({ method: 'POST', body: JSON.stringify(body) }));
    expect(await sendAgain({ ids: ['not-an-id'] })).toMatchObject({ status: 400 });
    expect(await sendAgain({ ids: 'all' })).toMatchObject({ status: 400 });
    expect((await sendAgain({})).json()).toEqual({ applied: 0, stillDead: 1 });
    control.beforeEach = () => Promise.resolve();
    const ids = Array.isArray(letters) ? letters.map(({ id }: { id: string }) => id) : [];
    expect((await sendAgain({ ids })).json()).toEqual({ applied: 1, stillDead: 0 });
    expect(await asked()).toContain('bad');
  });

  it('[F10] lists every letter of a workspace, whatever it holds, and under * those that name none', async () => {
    const events = {
      nul: String.raw`{"workspaceId":"main","data":{"name":"Ja\u0000na"}}`,
      half: String.raw`{"workspaceId":"main","data":{"name":"\ud83d","path":"a\\u0000"}}`,
      foreign: String.raw`{"workspaceId":"other","no\u0000te":1}`,
      nameless: String.raw`{"workspaceId":"ma\u0000in"}`,
      ...{ number: '{"workspaceId":7}', text: '"not an event"' },
    };
    const { database } = service.context;
    for (const [reason, event] of Object.entries(events))
      await database.query(
        `INSERT INTO dead_letters (id, consumer, topic, partition, origin_offset, event, reason, attempts)
         VALUES (gen_random_uuid(), 'a test', 'sync.requested', 0, '', $1, $2, 1)`,
        [event, reason],
      );
    const reasonsFor = async (query: string) => {
      const answer = await call(`/internal/dead-letters${query}`, withToken());
      expect(answer.status).toBe(200);
      const letters = answer.json();
      return Array.isArray(letters) ? letters.map(({ reason }: { reason: string }) => reason).sort() : [];
    };
    expect(await reasonsFor('?workspaceId=main')).toEqual(['half', 'nul']);
    expect(await reasonsFor('?workspaceId=other')).toEqual(['foreign']);
    expect(await reasonsFor('?workspaceId=main,*')).toEqual(['half', 'nameless', 'nul', 'number', 'text']);
    expect(await reasonsFor('')).toEqual(Object.keys(events).sort());
    await database.query(`DELETE FROM dead_letters WHERE consumer = 'a test'`);
  });

  it('[F16] answers a URL that cannot be decoded without repeating it', async () => {
    const answer = await call('/hooks/%zz/secret-in-the-url');
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('secret');
  });

  it('[F12] stops in mid batch without losing or doubling anything', async () => {
    let entered: () => void = () => undefined;
    let release: () => void = () => undefined;
    const inHand = new Promise<void>((resolve) => (entered = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    control.beforeEach = ({ data }) => {
      if (data.runId !== 'held') return Promise.resolve();
      entered();
      return gate;
    };
    await ask('held', 'after');
    await inHand;
    const stopped = service.stop();
    release();
    await stopped;
    expect(await service.stop()).toBeUndefined();
    service = await start();
    await ask('last');
    await eventually(async () => expect(await asked()).toContain('last'));
    expect((await asked()).filter((runId) => ['held', 'after'].includes(runId)).sort()).toEqual(['after', 'held']);
  });

  it('[F12] answers the request in hand before it stops', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const entered = new Promise<void>((resolve) => {
      control.request = () => {
        resolve();
        return gate;
      };
    });
    const answer = call('/lists');
    await entered;
    const stopped = service.stop();
    release();
    expect((await answer).json()).toEqual(['news']);
    await stopped;
    service = await start();
  });

  it('[F12] leaves nothing running when it cannot start, and can start afterwards', async () => {
    await service.stop();
    const broken: ServiceDefinition = { ...definition, migrations: [...definition.migrations, { id: 'broken', sql: 'SELECT wrong' }] };
    await expect(startService(broken, optionsOf(service, transport, server.url))).rejects.toThrow('wrong');
    const refusing = { ...optionsOf(service, transport, server.url), configure: () => Promise.reject(new Error('no OpenAPI')) };
    await expect(startService(definition, refusing)).rejects.toThrow('no OpenAPI');
    const twice = { ...definition, module: TwiceModule };
    await expect(startService(twice, optionsOf(service, transport, server.url))).rejects.toThrow('has two @BatchHandler methods');
    service = await start();
    expect(await call('/health/live')).toMatchObject({ status: 200 });
  });

  it('[F13] drops rows past their retention, in batches', async () => {
    const { database } = service.context;
    // A table of its own: the service cleans those of its definition by itself.
    await database.query('CREATE TABLE kept (name text, at timestamptz)');
    await database.query(`INSERT INTO kept SELECT 'old', now() - interval '2 days' FROM generate_series(1, 6000)`);
    await database.query(`INSERT INTO kept SELECT 'young', now() - interval '23 hours'`);
    const retention = [{ table: 'kept', column: 'at', days: 1 }];
    expect(await removeExpired(database, retention)).toBe(true);
    expect(await removeExpired(database, retention)).toBe(false);
    expect(await database.query('SELECT name FROM kept')).toEqual([{ name: 'young' }]);
  });
});

function optionsOf({ context }: RunningService, transport: Transport, databaseUrl: string) {
  return { databaseUrl, transport, settings: context.settings, logger: context.logger, port: 0, host: '127.0.0.1' };
}
