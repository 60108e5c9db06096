import { createServer, type IncomingMessage } from 'node:http';

export interface FakeRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export type FakeAnswer = readonly [status: number, body: unknown];

export interface FakeService {
  readonly url: string;
  readonly requests: FakeRequest[];
  stop(): Promise<void>;
}

/** Internal HTTP of another service, by a function; who does not send the service token is turned away. */
export async function startFakeService(token: string, answer: (request: FakeRequest) => FakeAnswer): Promise<FakeService> {
  const requests: FakeRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const url = new URL(incoming.url ?? '/', 'http://fake');
      const request = { path: url.pathname, query: url.searchParams, body: await bodyOf(incoming) };
      requests.push(request);
      const known = incoming.headers.authorization === `Bearer ${token}`;
      const [status, body] = known ? answer(request) : [401, { message: 'no token' }];
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, requests, stop };
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
