import { createServer } from 'node:http';
import type { AccountSchemaTold, LastLookAnswer, LastLookRequest } from '@kontaktor/contracts';

type Verdict = LastLookAnswer['verdicts'][number];
type Item = LastLookRequest['items'][number];

/** The registry as an adapter sees it: answers the last look. */
export interface FakeRegistry {
  readonly url: string;
  /** Requests it was asked, with the number of items. */
  readonly looks: LastLookRequest[];
  readonly tokens: (string | undefined)[];
  /** What accounts offer, as it was told. */
  readonly schemas: AccountSchemaTold[];
  /** What it says about an item; go with a ticket unless a test says otherwise. */
  verdictOf: (item: Item) => Verdict;
  /** Answers 503 while true. */
  isAway: boolean;
  /** Last looks refused while away. */
  readonly refused: LastLookRequest[];
  stop(): Promise<void>;
}

export const goWithTicket = (): Verdict => ({
  verdict: 'go',
  ticket: { address: 'somebody', purpose: 'newsletter', expiresAt: new Date(Date.now() + 60_000).toISOString() },
});

export async function startFakeRegistry(): Promise<FakeRegistry> {
  const looks: LastLookRequest[] = [];
  const tokens: (string | undefined)[] = [];
  const refused: LastLookRequest[] = [];
  const schemas: AccountSchemaTold[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/internal/schemas') {
        if (registry.isAway) return void response.writeHead(503).end();
        schemas.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        return void response.writeHead(204).end();
      }
      const asked: LastLookRequest = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      (registry.isAway ? refused : looks).push(asked);
      if (registry.isAway) return void response.writeHead(503).end();
      tokens.push(request.headers.authorization);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ verdicts: asked.items.map((item) => registry.verdictOf(item)) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const registry: FakeRegistry = {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    ...{ looks, tokens, refused, schemas, verdictOf: goWithTicket, isAway: false },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return registry;
}
