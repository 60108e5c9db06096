import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { adminPort } from './admin-port';
import { FaultBox } from './fault-box';
import { RequestJournal } from './request-journal';
import { matchRoute, type Reply, type Route, type SimulatorRequest } from './route';
import type { SimulatorClock } from './simulator-clock';
import type { StateFile } from './state-file';
import { strikeFault } from './strike-fault';

export interface SimulatorServer {
  readonly baseUrl: string;
  /** The admin port: `<adminUrl>/state` and others. */
  readonly adminUrl: string;
  readonly journal: RequestJournal;
  /** Calls by `METHOD route`, since the start or the last reset. */
  readonly calls: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

export interface ServerParts {
  readonly routes: readonly Route[];
  /** What people do by hand, and switches: routes below `/__sandbox`. */
  readonly actions: readonly Route[];
  readonly faults: FaultBox;
  readonly clock: SimulatorClock;
  readonly file: StateFile;
  /** Answers why a request is refused, or nothing. */
  authorise(request: SimulatorRequest): Reply | undefined;
  state(): unknown;
  reset(): void;
  /** Path in front of every route. */
  readonly prefix?: string;
  readonly notFound: Reply;
}

const adminPrefix = '/__sandbox';
const mostBytes = 64 * 1024 * 1024;

/** An honest HTTP server imitating a provider: routes, authorisation, switched faults, and an admin port below `/__sandbox`. */
export async function startSimulatorServer(parts: ServerParts, port = 0, host = '127.0.0.1'): Promise<SimulatorServer> {
  const { clock, faults, file, prefix = '' } = parts;
  const journal = new RequestJournal();
  const admin = adminPort({ ...parts, journal });
  const send = (response: ServerResponse, { status, body, headers }: Reply): void => {
    const head = { 'content-type': 'application/json', date: clock.now().toUTCString(), ...headers };
    // As it is now: what changes until the state is saved belongs to later answers.
    const text = body === undefined ? '' : JSON.stringify(body);
    const write = (): void => void response.writeHead(status, head).end(text);
    const saved = file.saved();
    if (saved === undefined) write();
    else void saved.then(write);
  };

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const noteChange = (): void => (request.method === 'GET' ? undefined : file.changed());
    if (request.path.startsWith(`${adminPrefix}/`)) {
      const reply = admin(below(adminPrefix, request));
      noteChange();
      return send(response, reply);
    }
    const isOurs = request.path.startsWith(`${prefix}/`);
    const found = isOurs ? matchRoute(parts.routes, below(prefix, request)) : undefined;
    const name = found?.name ?? 'unknown';
    journal.count(name);
    const run = (): Reply => {
      const reply = parts.authorise(request) ?? found?.run() ?? parts.notFound;
      journal.note(name, request, reply.status);
      noteChange();
      return reply;
    };
    const fault = faults.takeForRequest(name);
    return fault === undefined ? send(response, run()) : strikeFault(fault, response, run, send);
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, body: { message: String(error) } });
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;
  return {
    ...{ baseUrl: `${origin}${prefix}`, adminUrl: `${origin}${adminPrefix}`, journal, calls: journal.counts },
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      file.save();
    },
  };
}

const below = (prefix: string, request: SimulatorRequest): SimulatorRequest => ({ ...request, path: request.path.slice(prefix.length) });

async function readRequest(incoming: IncomingMessage): Promise<SimulatorRequest> {
  const url = new URL(incoming.url ?? '/', 'http://simulator');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('request too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return { method: incoming.method ?? 'GET', path: url.pathname, query: url.searchParams, headers: incoming.headers, text, params: {} };
}
