import { loadState, route, saveState, startSimulatorServer, type SimulatorServer } from '@kontaktor/simulator-kit';
import type { OneclickAccount } from './account';
import { ContactBook } from './contact-book';
import { contactRoutes } from './contact-routes';
import { diaryRoutes } from './diary-routes';
import { failure } from './wire';

export interface OneclickSimulatorOptions {
  readonly account: () => OneclickAccount;
  readonly port?: number;
  /** State is read from it and written to it on stop. */
  readonly stateFile?: string;
  readonly now?: () => Date;
}

export interface OneclickSimulator extends SimulatorServer {
  readonly account: OneclickAccount;
  /** Changes as people make them in 1CLICK. */
  readonly book: ContactBook;
}

export async function startOneclickSimulator(options: OneclickSimulatorOptions): Promise<OneclickSimulator> {
  const account = loadState(options.stateFile, options.account);
  const now = options.now ?? (() => new Date());
  const book = new ContactBook(account, now);
  const routes = [
    ...contactRoutes(book, now),
    ...diaryRoutes(book, now),
    route('GET /tags', () => ({ status: 200, body: { items: account.tags } })),
    route('GET /record-types', () => ({ status: 200, body: { items: account.recordTypes } })),
    route('GET /me', () => ({ status: 200, body: { tenant: account.tenant, user: account.user, roles: ['Editor kontaktu'] } })),
  ];
  const server = await startSimulatorServer(
    {
      routes,
      prefix: '/api/v1',
      authorise: ({ headers }) =>
        headers.authorization === `Bearer ${account.token}` ? undefined : failure(401, 'unauthorized', 'The token is not valid.'),
      state: () => account,
    },
    { port: options.port },
  );
  return {
    ...server,
    account,
    book,
    stop: async () => {
      await server.stop();
      saveState(options.stateFile, account);
    },
  };
}
