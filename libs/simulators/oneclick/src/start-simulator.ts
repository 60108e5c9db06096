import {
  FaultBox,
  loadState,
  route,
  SimulatorClock,
  startSimulatorServer,
  StateFile,
  type Reply,
  type Route,
  type SimulatorRequest,
  type SimulatorServer,
} from '@kontaktor/simulator-kit';
import type { OneclickAccount } from './account';
import { ContactBook } from './contact-book';
import { contactRoutes, tagRoutes } from './contact-routes';
import { diaryRoutes } from './diary-routes';
import { markRoutes } from './mark-routes';
import { peopleActions } from './people-actions';
import { failure } from './wire';

export interface OneclickSimulatorOptions {
  /** The account to begin with; made again on reset. */
  readonly account: () => OneclickAccount;
  readonly port?: number;
  /** Address to listen at; the loopback address when absent. */
  readonly host?: string;
  /** State is read from it, and written to it soon after each change. */
  readonly stateFile?: string;
  readonly now?: () => Date;
  /** Keeps `changed_at` to the second, so that several changes share one. */
  readonly wholeSeconds?: boolean;
}

export interface OneclickSimulator extends SimulatorServer {
  /** The account as it is now. */
  account(): OneclickAccount;
  /** Changes as people make them in 1CLICK. */
  readonly book: ContactBook;
  readonly faults: FaultBox;
  readonly clock: SimulatorClock;
}

/** 1CLICK as the fact sheet proposes it, below `/api/v1` of a local port. */
export async function startOneclickSimulator(options: OneclickSimulatorOptions): Promise<OneclickSimulator> {
  const clock = new SimulatorClock(options.now ?? (() => new Date()));
  const faults = new FaultBox();
  const book = new ContactBook(loadState(options.stateFile, options.account), { now: clock.now, wholeSeconds: options.wholeSeconds });
  const state = (): OneclickAccount => book.state();
  const server = await startSimulatorServer(
    {
      ...{ clock, faults, state, prefix: '/api/v1', file: new StateFile(options.stateFile, state) },
      routes: [...contactRoutes(book), ...tagRoutes(book), ...diaryRoutes(book), ...markRoutes(book), ...tenantRoutes(book)],
      actions: peopleActions(book),
      reset: () => book.load(options.account()),
      authorise: (request) => refusalOf(book, request),
      notFound: failure(404, 'not_found', 'There is nothing at this address.'),
    },
    options.port,
    options.host,
  );
  return { ...server, account: state, book, faults, clock };
}

function tenantRoutes(book: ContactBook): Route[] {
  return [
    route('GET /tags', () => ({ status: 200, body: { items: book.account.tags } })),
    route('GET /record-types', () => ({ status: 200, body: { items: book.account.recordTypes } })),
    route('GET /me', () => {
      const { tenant, user } = book.account;
      return { status: 200, body: { tenant, user, roles: ['Editor kontaktu'] } };
    }),
  ];
}

function refusalOf(book: ContactBook, { headers, text }: SimulatorRequest): Reply | undefined {
  if (headers.authorization !== `Bearer ${book.account.token}`) return failure(401, 'unauthorized', 'The token is not valid.');
  return text.trim() === '' || isJson(text) ? undefined : failure(422, 'invalid', 'The body is not JSON.');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
