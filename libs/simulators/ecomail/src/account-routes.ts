import { route, type Reply, type Route } from '@kontaktor/simulator-kit';
import { bodyOf } from './request-body';
import type { SubscriberBook } from './subscriber-book';
import { unprocessable } from './wire';
import type { WebhookSender } from './webhook-sender';

/** The account, and the one webhook it has for campaign events. */
export function accountRoutes(book: SubscriberBook, webhooks: WebhookSender): Route[] {
  return [
    route('GET /account', () => ({ status: 200, body: { name: 'Firma', plan: 'marketer' } })),
    route('GET /account/settings/webhook', () => ({ status: 200, body: { url: book.account.webhookUrl } })),
    route('POST /account/settings/webhook', (request) => saveWebhook(book, webhooks, bodyOf(request)['url'])),
    route('DELETE /account/settings/webhook', () => {
      book.account.webhookUrl = null;
      return { status: 200, body: {} };
    }),
  ];
}

/** Saving sends a sample at once, as the live service does. */
export function saveWebhook(book: SubscriberBook, webhooks: WebhookSender, url: unknown): Reply {
  if (typeof url !== 'string' || !URL.canParse(url)) return unprocessable({ url: ['The url must be a valid URL.'] });
  book.account.webhookUrl = url;
  if (book.switches.samplePing) void webhooks.post(url, [{ msys: {} }]);
  return { status: 200, body: { url } };
}
