import { createServer, type RequestListener, type Server } from 'node:http';
import { AdapterError } from '../errors';
import { HttpClient, type HttpClientOptions } from './http-client';
import { isPrivateAddress, publicLookup } from './private-address';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/base`;
}

function client(baseUrl: string, options: Partial<HttpClientOptions> = {}): HttpClient {
  const made = new HttpClient({ baseUrl, headers: { key: 'secret-key-1' }, parallel: 4, allowPrivate: true, ...options });
  closing.push(() => made.close());
  return made;
}

const failureOf = (promise: Promise<unknown>): Promise<AdapterError> =>
  promise.then(
    () => {
      throw new TypeError('it did not fail');
    },
    (error: unknown) => {
      if (error instanceof AdapterError) return error;
      throw error;
    },
  );
const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

describe('HTTP client', () => {
  it('[F12] each status becomes the failure that says what to do', async () => {
    const kinds: Record<string, string> = {};
    for (const status of [301, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503]) {
      const http = client(await serve(answering(status, '{}')));
      const read = await failureOf(http.json({ method: 'GET', path: '/x' }));
      const write = await failureOf(http.json({ method: 'POST', path: '/x', body: {} }));
      kinds[status] = read.kind === write.kind ? read.kind : `${read.kind}, written: ${write.kind}`;
    }
    expect(kinds).toEqual({
      301: 'credentials-rejected',
      400: 'item-rejected',
      401: 'credentials-rejected',
      403: 'credentials-rejected',
      404: 'item-rejected',
      408: 'provider-unavailable, written: uncertain',
      409: 'conflict',
      422: 'item-rejected',
      429: 'rate-limited',
      500: 'provider-unavailable, written: uncertain',
      502: 'provider-unavailable, written: uncertain',
      503: 'provider-unavailable',
    });
  });

  it('[A8] a NUL in an answer is left out, so that a database can keep the contact', async () => {
    const http = client(await serve(answering(200, String.raw`{"contacts":[{"surname":"Nov\u0000ák"}]}`)));
    expect((await http.json({ method: 'GET', path: '/x' })).body).toEqual({ contacts: [{ surname: 'Novák' }] });
  });

  it('[F12] Retry-After is read in seconds and as a date', async () => {
    const seconds = client(await serve(answering(429, '', { 'retry-after': '7' })));
    await expect(failureOf(seconds.json({ method: 'GET', path: '/x' }))).resolves.toMatchObject({ retryAfterMs: 7000 });
    const date = client(await serve(answering(503, '', { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() })));
    const { retryAfterMs = 0 } = await failureOf(date.json({ method: 'GET', path: '/x' }));
    expect(retryAfterMs).toBeGreaterThan(3_500_000);
  });

  it('[F12] an answer that does not come, or not whole, leaves a write uncertain and a read to be repeated', async () => {
    const silent = client(await serve(() => undefined), { timeoutMs: 50 });
    await expect(failureOf(silent.json({ method: 'GET', path: '/x' }))).resolves.toMatchObject({
      kind: 'provider-unavailable',
      message: expect.stringContaining('time-out'),
    });
    await expect(failureOf(silent.json({ method: 'POST', path: '/x', body: {} }))).resolves.toMatchObject({ kind: 'uncertain' });
    const broken = client(await serve((_request, response) => void response.destroy()));
    await expect(failureOf(broken.json({ method: 'DELETE', path: '/x' }))).resolves.toMatchObject({ kind: 'uncertain' });
    await expect(failureOf(broken.json({ method: 'DELETE', path: '/x', repeatable: true }))).resolves.toMatchObject({
      kind: 'provider-unavailable',
    });
  });

  it('[F12] a body that trickles for ever ends with the time-out', async () => {
    const trickling = await serve((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    });
    await expect(failureOf(client(trickling, { timeoutMs: 80 }).json({ method: 'GET', path: '/x' }))).resolves.toMatchObject({
      kind: 'provider-unavailable',
    });
  });

  it('[F12] an answer that is too long is not read to its end', async () => {
    const http = client(await serve(answering(200, JSON.stringify('x'.repeat(5000)))), { mostBytes: 1000 });
    await expect(failureOf(http.json({ method: 'GET', path: '/x' }))).resolves.toMatchObject({
      kind: 'provider-unavailable',
      message: expect.stringContaining('longer than 1000 bytes'),
    });
  });

  it('[F12] a web page with status 200 is no answer; a server that is not there was never called', async () => {
    const http = client(await serve(answering(200, '<html><body>Maintenance</body></html>', { 'content-type': 'text/html' })));
    const failure = await failureOf(http.json({ method: 'GET', path: '/x' }));
    expect(failure).toMatchObject({ kind: 'provider-unavailable', message: expect.stringContaining('Maintenance') });
    await expect(failureOf(http.json({ method: 'POST', path: '/x', body: {} }))).resolves.toMatchObject({ kind: 'uncertain' });
    const nobody = client('http://127.0.0.1:9/');
    await expect(failureOf(nobody.json({ method: 'POST', path: '/x', body: {} }))).resolves.toMatchObject({ kind: 'provider-unavailable' });
  });

  it('[F12] no more calls are in flight than allowed, and the budget is asked only when one may go', async () => {
    let [now, most, asked, answered, mostAhead] = [0, 0, 0, 0, 0];
    const baseUrl = await serve((_request, response) => {
      now += 1;
      most = Math.max(most, now);
      mostAhead = Math.max(mostAhead, asked - answered);
      setImmediate(() => {
        now -= 1;
        answered += 1;
        response.end('{}');
      });
    });
    const beforeCall = async (): Promise<void> => void (asked += 1);
    const http = client(baseUrl, { parallel: 2, beforeCall });
    await Promise.all(Array.from({ length: 8 }, () => http.json({ method: 'GET', path: '/x' })));
    expect(asked).toBe(8);
    expect([most, mostAhead].every((number) => number <= 2)).toBe(true);
  });

  it('[F13] messages name neither people nor secrets', async () => {
    const body = 'jana@firma.cz (+420 601 234 567) is not allowed for secret-key-1';
    const http = client(await serve(answering(422, body)));
    const { message } = await failureOf(http.json({ method: 'GET', path: '/subscribers/jana%40firma.cz?q=petr@firma.cz' }));
    expect(message).toBe('GET /subscribers/[address] answered 422: [address] ([number]) is not allowed for [secret]');
  });
});

describe('private networks', () => {
  it('[F16] a base URL in a private network is refused, in whatever way it is written', async () => {
    for (const host of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '[::1]', '[::ffff:7f00:1]', '[fd00::1]', '2130706433', '0x7f.1']) {
      const http = client(`http://${host}/`, { allowPrivate: false });
      await expect(failureOf(http.json({ method: 'GET', path: '/x' }))).resolves.toMatchObject({ kind: 'credentials-rejected' });
    }
  });

  it('[F16] a name that resolves to a private address is refused at the connection itself', async () => {
    const http = client(`http://localhost:1/`, { allowPrivate: false });
    await expect(failureOf(http.json({ method: 'GET', path: '/x' }))).resolves.toMatchObject({
      kind: 'credentials-rejected',
      message: expect.stringContaining('KONTAKTOR_ALLOW_PRIVATE_URLS'),
    });
    const looked = await new Promise((resolve) => publicLookup('localhost', { all: false }, (error) => resolve(error)));
    expect(looked).toBeInstanceOf(AdapterError);
  });

  it('[F16] public addresses pass', () => {
    expect(['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1'].filter(isPrivateAddress)).toEqual([]);
  });
});
