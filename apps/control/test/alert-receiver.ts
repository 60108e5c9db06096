import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What the receiver does with a request: an HTTP status, or no answer at all. */
export type Manner = number | 'silence';

export interface AlertReceiver {
  readonly url: string;
  readonly received: Received[];
  /** How the next requests are answered, first come first served; 200 after them. */
  readonly manners: Manner[];
  stop(): Promise<void>;
}

/** A receiver of webhooks that misbehaves as it is told. */
export async function startAlertReceiver(): Promise<AlertReceiver> {
  const received: Received[] = [];
  const manners: Manner[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      received.push({ path: incoming.url ?? '', headers: incoming.headers, text: Buffer.concat(chunks).toString('utf8') });
      const manner = manners.shift() ?? 200;
      if (manner !== 'silence') outgoing.writeHead(manner).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    ...{ url: `http://127.0.0.1:${port}`, received, manners },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
