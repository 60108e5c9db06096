import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { masterKeyFrom, sha256Hex } from '@kontaktor/config';
import {
  connectionChanged,
  createEvent,
  erasureRequested,
  webhookReceived,
  type ConnectionChanged,
  type EventOf,
  type WebhookReceived,
} from '@kontaktor/contracts';
import { openEmbeddedLog, partitionOf, type Subscription, type Transport } from '@kontaktor/messaging';
import { PersonKey } from '@kontaktor/privacy';
import { createLogger } from '@kontaktor/observability';
import { removeExpired, startService, type RunningService } from '@kontaktor/service';
import { createTestDatabase, eventually, openTcpLine, type TcpLine, type TestDatabase } from '@kontaktor/testing';
import { v7 as uuidv7 } from 'uuid';
import { webhookIngestService } from './index';

const secret = 'q3v9-secret-of-the-url';
const serviceToken = 'token-of-the-test-run';
const campaign = JSON.stringify([{ msys: { message_event: { type: 'delivery', event_id: '1', rcpt_to: 'jana@firma.test' } } }]);

describe('webhook-ingest', () => {
  let server: TestDatabase;
  let line: TcpLine;
  let transport: Transport;
  let service: RunningService;
  let listener: Subscription;
  const received: EventOf<WebhookReceived>[] = [];
  const lines: string[] = [];

  const bodiesFor = (connectionId: string) =>
    received.filter(({ data }) => data.connectionId === connectionId).map(({ data }) => data.body);
  const post = async (path: string, body: RequestInit['body'] = campaign, init: RequestInit & { duplex?: 'half' } = {}) => {
    const headers = { 'content-type': 'application/json', ...init.headers };
    const response = await fetch(`${service.url}${path}`, { method: 'POST', body, ...init, headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  const hook = (connectionId: string) => `/hooks/ecomail/main/${connectionId}/campaigns/${secret}`;
  const publish = async (data: Partial<ConnectionChanged>) => {
    const example = connectionChanged.examples[0]?.data;
    if (example === undefined) throw new Error('the contract has no example');
    const hashes = { webhookSecretHashes: { campaigns: sha256Hex(secret) } };
    const event = createEvent(connectionChanged, { workspaceId: 'main' }, { ...example, ...hashes, ...data });
    const key = connectionChanged.key(event);
    const parcel = { id: uuidv7(), topic: connectionChanged.name, partition: partitionOf(key, 4), key, body: JSON.stringify([event]) };
    await transport.publish([parcel]);
    await eventually(async () => expect(await transport.lag('webhook-ingest', [connectionChanged.name])).toBe(0));
  };
  const rowsFor = (connectionId: string) =>
    service.context.database.query<{ id: string; body: string; headers: Record<string, string> }>(
      'SELECT id, body, headers FROM deliveries WHERE connection_id = $1 ORDER BY id',
      [connectionId],
    );

  beforeAll(async () => {
    server = await createTestDatabase();
    const url = new URL(server.url);
    line = await openTcpLine({ host: url.hostname, port: Number(url.port) });
    url.port = String(line.port);
    transport = await openEmbeddedLog(server.url, () => undefined);
    listener = await transport.subscribe([webhookReceived.name], 'listener', async (parcels) => {
      for (const { body } of parcels) received.push(...JSON.parse(body));
    });
    service = await startService(webhookIngestService, {
      ...{ databaseUrl: url.href, transport, port: 0, host: '127.0.0.1' },
      logger: createLogger('webhook-ingest', 'trace', { write: (text) => void lines.push(text) }),
      settings: {
        ...{ masterKey: masterKeyFrom('ab'.repeat(32)), serviceToken, allowPrivateUrls: true },
        ...{ registryUrl: () => '', webhookUrl: () => '' },
      },
    });
    await publish({ connectionId: 'mail', version: 1 });
  });
  afterAll(async () => {
    await service.stop();
    await listener.stop();
    await transport.close();
    await line.close();
    await server.drop();
  });

  it('[A9] a delivery is stored as it came before it is answered, and published with the headers that matter', async () => {
    const answer = await post(hook('mail'), campaign, { headers: { 'x-messagesystems-batch-id': 'b1', authorization: 'Basic eDp5' } });
    expect(answer.status).toBe(200);
    const [row] = await rowsFor('mail');
    expect(row).toMatchObject({ body: campaign, headers: { 'content-type': 'application/json', 'x-messagesystems-batch-id': 'b1' } });
    await eventually(() => expect(received).toHaveLength(1));
    expect(webhookReceived.schema.parse(received[0])).toMatchObject({
      workspaceId: 'main',
      data: {
        connectionId: 'mail',
        provider: 'ecomail',
        endpoint: 'campaigns',
        deliveryId: row?.id,
        body: campaign,
        headers: row?.headers,
      },
    });
    expect(JSON.stringify([received, row])).not.toMatch(/Basic|q3v9/);
  });

  it('[A9] a delivery that comes twice is published twice: the adapter knows its events', async () => {
    await publish({ connectionId: 'twice', version: 1 });
    await post(hook('twice'));
    await post(hook('twice'));
    await eventually(() => expect(bodiesFor('twice')).toEqual([campaign, campaign]));
    expect(new Set((await rowsFor('twice')).map(({ id }) => id)).size).toBe(2);
  });

  it('[F16] whatever is wrong with the URL, the answer is the same', async () => {
    const wrong = [
      `/hooks/ecomail/main/mail/campaigns/${secret}x`,
      `/hooks/ecomail/main/mail/campaigns/${sha256Hex(secret)}`,
      `/hooks/ecomail/main/mail/list-status/${secret}`,
      `/hooks/ecomail/main/other/campaigns/${secret}`,
      `/hooks/ecomail/foreign/mail/campaigns/${secret}`,
      `/hooks/raynet/main/mail/campaigns/${secret}`,
      `/hooks/ecomail/main/mail/campaigns/`,
      `/hooks/ecomail/main/mail/campaigns/${secret}/more`,
      `/hooks/ecomail/ma%00in/mail/campaigns/${secret}`,
      `/hooks/ecomail/%zz/mail/campaigns/${secret}`,
      `/hooks/ecomail/main/mail/campaigns/${'x'.repeat(5000)}`,
    ];
    const answers = await Promise.all(wrong.map((path) => post(path)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
    const large = await post(`/hooks/ecomail/main/mail/campaigns/wrong`, 'x'.repeat(2_000_000));
    expect([large.status, large.text]).toEqual([404, answers[0]?.text]);
    expect(await rowsFor('mail')).toHaveLength(1);
  });

  it('[A9] a disabled connection is still heard, a deleted one is not, also when an older version is read again', async () => {
    await publish({ connectionId: 'off', version: 1, enabled: false });
    expect(await post(hook('off'))).toMatchObject({ status: 200 });
    await publish({ connectionId: 'off', version: 3, deleted: true });
    expect(await post(hook('off'))).toMatchObject({ status: 404 });
    await publish({ connectionId: 'off', version: 2 });
    expect(await post(hook('off'))).toMatchObject({ status: 404 });
  });

  it('[F16] another secret ends the old URL', async () => {
    await publish({ connectionId: 'rotated', version: 1 });
    await publish({ connectionId: 'rotated', version: 2, webhookSecretHashes: { campaigns: sha256Hex('new') } });
    expect(await post(hook('rotated'))).toMatchObject({ status: 404 });
    expect(await post('/hooks/ecomail/main/rotated/campaigns/new')).toMatchObject({ status: 200 });
  });

  it('[A9] what is not JSON is kept for the adapter; what is no text, or too large, is refused', async () => {
    await publish({ connectionId: 'odd', version: 1 });
    const kept = ['{"half', 'a=1&b=2', '<xml/>', 'ahoj \uFEFF žluť "\\u0000"'];
    for (const body of kept) expect(await post(hook('odd'), body)).toMatchObject({ status: 200 });
    expect(await post(hook('odd'), 'typed oddly', { headers: { 'content-type': 'json' } })).toMatchObject({ status: 200 });
    expect(await post(hook('odd'), '')).toMatchObject({ status: 200 });
    expect(await post(hook('odd'), gzipSync(campaign), { headers: { 'content-encoding': 'gzip' } })).toMatchObject({ status: 415 });
    expect(await post(hook('odd'), 'a\0b')).toMatchObject({ status: 415 });
    expect(await post(hook('odd'), 'x'.repeat(1024 * 1024))).toMatchObject({ status: 200 });
    expect(await post(hook('odd'), 'x'.repeat(1024 * 1024 + 1))).toMatchObject({ status: 413 });
    // A turn of the event loop for each piece, and an end: without them it fills the memory before the answer can be heard.
    let pieces = 0;
    const endless = new ReadableStream({
      pull: async (stream) => {
        await new Promise((resolve) => setImmediate(resolve));
        if ((pieces += 1) > 500) return stream.close();
        stream.enqueue(new Uint8Array(100_000));
      },
    });
    const streamed = await post(hook('odd'), endless, { duplex: 'half' }).catch((error: unknown) => error);
    if (!(streamed instanceof Error)) expect(streamed).toMatchObject({ status: 413 });
    const bodies = [...kept, 'typed oddly', '', 'x'.repeat(1024 * 1024)];
    expect((await rowsFor('odd')).map(({ body }) => body)).toEqual(bodies);
    await eventually(() => expect(bodiesFor('odd')).toEqual(bodies));
    expect(received.find(({ data }) => data.body === 'typed oddly')?.data.headers['content-type']).toBe('json');
  });

  it('[A9] a body of many megabytes is answered in words, however its sender sends it', async () => {
    await publish({ connectionId: 'huge', version: 1 });
    const megabytes = (count: number): Buffer[] => Array.from({ length: count }, () => Buffer.alloc(1024 * 1024, 'x'));
    /** Sends all before it reads, as simple clients do; a connection that is reset meanwhile is an error. */
    const send = (path: string, pieces: readonly Buffer[], isLengthKnown: boolean) =>
      new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
        const length = isLengthKnown ? { 'content-length': pieces.reduce((sum, { length }) => sum + length, 0) } : {};
        const call = request(`${service.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...length } });
        call.once('error', reject);
        const sent = new Promise<void>((done) => call.once('finish', done));
        call.once('response', (response) => {
          void sent.then(async () => resolve({ status: response.statusCode, text: await textOf(response) })).catch(reject);
        });
        Readable.from(pieces).pipe(call);
      });
    for (const count of [5, 30])
      for (const isLengthKnown of [true, false])
        expect(await send(hook('huge'), megabytes(count), isLengthKnown)).toEqual({ status: 413, text: expect.stringContaining('1 MB') });
    expect(await send(`/hooks/ecomail/main/huge/campaigns/wrong`, megabytes(30), true)).toMatchObject({ status: 404 });
    expect(await post(hook('huge'), 'x'.repeat(30_000_000))).toMatchObject({ status: 413 });
    expect(await rowsFor('huge')).toEqual([]);
    expect(await post(hook('huge'))).toMatchObject({ status: 200 });
  });

  it('[A9] only POST brings a web hook', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const response = await fetch(`${service.url}${hook('mail')}`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it('[F12] a thousand at once are all stored, in few transactions', async () => {
    await publish({ connectionId: 'many', version: 1 });
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, at) => post(hook('many'), `{"n":${at}}`)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const [row] = await service.context.database.query(
      `SELECT count(*) AS stored, count(DISTINCT body) AS different, count(DISTINCT xmin::text) < 250 AS few
       FROM deliveries WHERE connection_id = 'many'`,
    );
    expect(row).toEqual({ stored: 1000, different: 1000, few: true });
    await eventually(() => expect(new Set(bodiesFor('many')).size).toBe(1000));
  });

  it('[F12] a delivery that cannot be announced is not stored either, and does not take others with it', async () => {
    await publish({ connectionId: 'torn', version: 1 });
    const { outbox } = service.context.messaging;
    const append = outbox.append.bind(outbox);
    const isBad = (event: object): boolean => JSON.stringify(event).includes('unlucky');
    const spy = jest.spyOn(outbox, 'append').mockImplementation(async (tx, topic, events) => {
      await append(tx, topic, events);
      if (events.some(isBad)) throw new Error('no room');
    });
    const answers = await Promise.all(['a', 'b', 'unlucky', 'c'].map((body) => post(hook('torn'), body)));
    spy.mockRestore();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 503, 200]);
    expect((await rowsFor('torn')).map(({ body }) => body).sort()).toEqual(['a', 'b', 'c']);
    await eventually(() => expect([...bodiesFor('torn')].sort()).toEqual(['a', 'b', 'c']));
  });

  it('[F12] with the database away the provider is told to send again, in one line of the log; then all goes on', async () => {
    await publish({ connectionId: 'away', version: 1 });
    const from = lines.length;
    line.cut();
    const refused = await Promise.all(Array.from({ length: 20 }, () => post(hook('away'))));
    expect(refused.map(({ status }) => status)).toEqual(Array(20).fill(503));
    expect(refused[0]?.headers.get('retry-after')).toBe('5');
    line.mend();
    await eventually(async () => expect(await post(hook('away'))).toMatchObject({ status: 200 }));
    expect(lines.slice(from).filter((text) => text.includes('web hooks cannot be stored'))).toHaveLength(1);
    expect(lines.slice(from).filter((text) => text.includes('web hooks are stored again'))).toHaveLength(1);
    await eventually(() => expect(bodiesFor('away')).toEqual([campaign]));
  });

  it('[F13] a raw delivery is kept for 30 days', async () => {
    const { database } = service.context;
    await database.query(
      `INSERT INTO deliveries SELECT gen_random_uuid(), 'main', 'kept', 'campaigns', now() - days * interval '1 day', '{}', days::text
       FROM unnest(ARRAY[29, 31]) days`,
    );
    await removeExpired(database, webhookIngestService.retention ?? []);
    expect((await rowsFor('kept')).map(({ body }) => body)).toEqual(['29']);
  });

  it('[F16] internal HTTP of the service still reads JSON, for who knows the service token', async () => {
    const headers = { authorization: `Bearer ${serviceToken}` };
    const answer = await post('/internal/dead-letters/send-again', '{}', { headers });
    expect([answer.status, answer.text]).toEqual([200, '{"applied":0,"stillDead":0}']);
    expect(await post('/internal/dead-letters/send-again', '{}')).toMatchObject({ status: 401 });
  });

  it('[F16] no line of the log holds a secret, a URL or an address', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('')).not.toMatch(/q3v9|\/hooks\/ecomail|jana@/);
  });

  it('[F13] a person is erased from raw deliveries, others in the same delivery stay, and it is told how many', async () => {
    await publish({ connectionId: 'erasing', version: 1 });
    const event = (rcpt_to: string) => ({ msys: { message_event: { rcpt_to } } });
    await post(hook('erasing'), JSON.stringify([event('Jana@Firma.test'), event('eva@firma.test')]));
    await post(hook('erasing'), JSON.stringify([event('jana@firma.test')]));
    const key = new PersonKey(masterKeyFrom('ab'.repeat(32)));
    const [erasureId, person] = [uuidv7(), { addresses: ['jana@firma.test'], records: [] }];
    const sealed = key.seal(JSON.stringify(person), `main/${erasureId}`);
    const order = { erasureId, at: new Date().toISOString(), keyId: key.id, hashes: key.hashesOf('main', person), person: sealed };
    const origin = { workspaceId: 'main' };
    const body = JSON.stringify([createEvent(erasureRequested, origin, order)]);
    await transport.publish([{ id: uuidv7(), topic: erasureRequested.name, partition: 0, keys: null, body }]);
    await eventually(async () =>
      expect((await rowsFor('erasing')).map((row) => row.body)).toEqual([JSON.stringify([event('eva@firma.test')])]),
    );
    const { database } = service.context;
    expect(await database.query('SELECT 1 FROM suppressions')).toHaveLength(1);
  });
});
