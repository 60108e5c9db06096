import { FaultBox, loadState, SimulatorClock, startSimulatorServer, StateFile, type SimulatorServer } from '@kontaktor/simulator-kit';
import type { Campaign, EcomailAccount } from './account';
import { accountRoutes } from './account-routes';
import { adminActions } from './admin-actions';
import { bulkRoutes } from './bulk-routes';
import { campaignRoutes } from './campaign-routes';
import { CampaignSender } from './campaign-sender';
import { listRoutes } from './list-routes';
import { personLogRoutes } from './person-log-routes';
import { personRoutes } from './person-routes';
import { pipelineRoutes } from './pipeline-routes';
import { RateLimit, type WindowCount } from './rate-limit';
import { StatusWebhook } from './status-webhook';
import { SubscriberBook } from './subscriber-book';
import { subscribeRoutes } from './subscribe-routes';
import { defaultSwitches, type Switches } from './switches';
import type { CampaignEvent } from './webhook-batch';
import { WebhookSender } from './webhook-sender';

export interface EcomailSimulatorOptions {
  /** The account to begin with; made again on reset. */
  readonly account: () => EcomailAccount;
  readonly port?: number;
  /** Address to listen at; the loopback address when absent. */
  readonly host?: string;
  /** State is read from it, and written to it soon after each change. */
  readonly stateFile?: string;
  readonly now?: () => Date;
  /** What the sources do not tell; also `perMinute`, the live service allows 1000. */
  readonly switches?: Partial<Switches>;
}

export interface EcomailSimulator extends SimulatorServer {
  /** The account as it is now. */
  account(): EcomailAccount;
  /** What people do by hand in Ecomail. */
  readonly book: SubscriberBook;
  readonly faults: FaultBox;
  readonly clock: SimulatorClock;
  readonly switches: Switches;
  /** What each window of the rate limit saw, the present one last; and how often somebody was shut out for exceeding it. */
  readonly rate: { readonly windows: readonly WindowCount[]; readonly bans: number };
  /** Why webhooks could not be delivered. */
  readonly problems: readonly string[];
  /** A sent campaign without recipients. */
  newCampaign(title: string, subject: string): Campaign;
  /** Sends events to the account's webhook as one batch. Answers after how many attempts it was taken. */
  deliver(events: readonly CampaignEvent[], batchId?: string): Promise<number>;
}

const wrongKey = { status: 401, body: { message: 'Wrong api key' } };

/** Ecomail's API v2 on a local port, as far as the fact sheet knows it. */
export async function startEcomailSimulator(options: EcomailSimulatorOptions): Promise<EcomailSimulator> {
  const clock = new SimulatorClock(options.now ?? (() => new Date()));
  const faults = new FaultBox();
  const switches: Switches = { ...defaultSwitches, ...options.switches };
  const book = new SubscriberBook(loadState(options.stateFile, options.account), clock.now, switches);
  const state = (): EcomailAccount => book.state();
  const file = new StateFile(options.stateFile, state);
  const webhooks = new WebhookSender(
    () => book.account,
    faults,
    () => file.changed(),
  );
  const statusWebhook = new StatusWebhook();
  const sender = new CampaignSender(book, webhooks, statusWebhook);
  const limit = new RateLimit(switches, clock.now);
  const server = await startSimulatorServer(
    {
      ...{ clock, faults, file, state, notFound: { status: 404, body: { message: 'Not found.' } } },
      routes: routesOf(book, sender, webhooks, statusWebhook),
      actions: adminActions({ book, sender, webhooks, statusWebhook }),
      authorise: ({ headers }) => (headers['key'] === book.account.key ? limit.take() : wrongKey),
      reset: () => {
        book.load(options.account());
        sender.reload();
        limit.reset();
        Object.assign(switches, defaultSwitches, options.switches);
      },
    },
    options.port,
    options.host,
  );
  webhooks.resume();
  return {
    ...server,
    ...{ account: state, book, faults, clock, switches, rate: limit, problems: webhooks.problems },
    newCampaign: (title, subject) => sender.create({ title, subject, status: 3, sent_at: '2026-03-03 05:00:00' }),
    deliver: async (events, batchId) => {
      if (book.account.webhookUrl === null) throw new Error('no webhook URL is set in this account');
      return webhooks.post(book.account.webhookUrl, sender.batch(events), batchId);
    },
    stop: async () => {
      webhooks.stop();
      statusWebhook.stop();
      await server.stop();
    },
  };
}

function routesOf(book: SubscriberBook, sender: CampaignSender, webhooks: WebhookSender, statusWebhook: StatusWebhook) {
  return [
    ...listRoutes(book),
    ...subscribeRoutes(book, statusWebhook),
    ...bulkRoutes(book, statusWebhook),
    ...personRoutes(book),
    ...personLogRoutes(book, sender),
    ...campaignRoutes(book, sender),
    ...pipelineRoutes(book, sender),
    ...accountRoutes(book, webhooks),
  ];
}
