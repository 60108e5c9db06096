import { loadState, saveState, startSimulatorServer, type SimulatorServer } from '@kontaktor/simulator-kit';
import type { Campaign, EcomailAccount } from './account';
import { campaignRoutes } from './campaign-routes';
import { newCampaign, postBatch, webhookBatch, type CampaignEvent } from './campaign-sender';
import { listRoutes } from './list-routes';
import { rateLimit } from './rate-limit';
import { SubscriberBook } from './subscriber-book';
import { subscriberRoutes } from './subscriber-routes';

export interface EcomailSimulatorOptions {
  readonly account: () => EcomailAccount;
  readonly port?: number;
  /** State is read from it and written to it on stop. */
  readonly stateFile?: string;
  readonly now?: () => Date;
  /** Requests a minute; the live service allows 1000. */
  readonly perMinute?: number;
}

export interface EcomailSimulator extends SimulatorServer {
  readonly account: EcomailAccount;
  /** What people do by hand in Ecomail. */
  readonly book: SubscriberBook;
  /** Problems of webhooks that could not be delivered. */
  readonly problems: unknown[];
  newCampaign(title: string, subject: string): Campaign;
  /** Sends events to the account's webhook, as one batch. */
  deliver(events: readonly CampaignEvent[], batchId?: string): Promise<number>;
}

const wrongKey = { status: 401, body: { message: 'Wrong api key' } };

export async function startEcomailSimulator(options: EcomailSimulatorOptions): Promise<EcomailSimulator> {
  const account = loadState(options.stateFile, options.account);
  const now = options.now ?? (() => new Date());
  const problems: unknown[] = [];
  const book = new SubscriberBook(account, now);
  const limited = rateLimit(options.perMinute ?? 1000, now);
  const routes = [...listRoutes(book, now), ...subscriberRoutes(book), ...campaignRoutes(account, (problem) => problems.push(problem))];
  const server = await startSimulatorServer(
    { routes, authorise: ({ headers }) => (headers['key'] === account.key ? limited() : wrongKey), state: () => account },
    { port: options.port },
  );
  return {
    ...server,
    ...{ account, book, problems },
    newCampaign: (title, subject) => newCampaign(account, title, subject),
    deliver: async (events, batchId) => {
      if (account.webhookUrl === null) throw new Error('no webhook URL is set in this account');
      return postBatch(account.webhookUrl, webhookBatch(account, events), batchId);
    },
    stop: async () => {
      await server.stop();
      saveState(options.stateFile, account);
    },
  };
}
