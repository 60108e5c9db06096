import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FaultBox, type Fault } from './fault-box';
import type { Reply, Route, SimulatorRequest } from './route';

export interface SimulatorOptions {
  readonly port?: number;
}

export interface SimulatorServer {
  readonly baseUrl: string;
  /** Calls by `METHOD route`, since the start or the last reset. */
  readonly calls: Map<string, number>;
  readonly faults: FaultBox;
  stop(): Promise<void>;
}

interface ServerParts {
  readonly routes: readonly Route[];
  /** Answers why a request is refused, or nothing. */
  authorise(request: SimulatorRequest): Reply | undefined;
  state(): unknown;
  /** Path in front of every route. */
  readonly prefix?: string;
}

const notFound: Reply = { status: 404, body: { message: 'Not found' } };
const mostBytes = 32 * 1024 * 1024;

/** An honest HTTP server imitating a provider: routes, authorisation, switched faults, and an admin port below `/__sandbox`. */
export async function startSimulatorServer(parts: ServerParts, { port = 0 }: SimulatorOptions): Promise<SimulatorServer> {
  const calls = new Map<string, number>();
  const faults = new FaultBox();
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, { status: 500, body: { message: String(error) } });
    });
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://simulator');
    const text = await readText(incoming);
    if (url.pathname.startsWith('/__sandbox/')) return send(response, admin(incoming.method ?? '', url.pathname, text));
    const request: SimulatorRequest = {
      method: incoming.method ?? 'GET',
      path: url.pathname.slice((parts.prefix ?? '').length),
      query: url.searchParams,
      headers: incoming.headers,
      text,
      params: {},
    };
    const route = url.pathname.startsWith(parts.prefix ?? '') ? match(parts.routes, request) : undefined;
    const name = route?.name ?? 'unknown';
    calls.set(name, (calls.get(name) ?? 0) + 1);
    await faults.around(name, response, () => parts.authorise(request) ?? route?.run() ?? notFound, send);
  }

  function admin(method: string, path: string, text: string): Reply {
    if (path === '/__sandbox/state') return { status: 200, body: parts.state() };
    if (path === '/__sandbox/requests') return { status: 200, body: Object.fromEntries(calls) };
    if (path !== '/__sandbox/faults') return notFound;
    if (method === 'DELETE') faults.clear();
    else for (const fault of JSON.parse(text) as Fault[]) faults.add(fault);
    return { status: 200, body: { faults: faults.waiting } };
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    baseUrl: `http://127.0.0.1:${actualPort}${parts.prefix ?? ''}`,
    calls,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function match(routes: readonly Route[], request: SimulatorRequest): { readonly name: string; run(): Reply } | undefined {
  for (const route of routes) {
    const found = route.method === request.method ? route.pattern.exec(request.path) : null;
    if (found === null) continue;
    const params = Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
    return { name: route.name, run: () => route.answer({ ...request, params }) };
  }
  return undefined;
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('request too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
