import { bodyOf, isObject, jsonOf, route, type Reply, type Route } from '@kontaktor/simulator-kit';
import { saveWebhook } from './account-routes';
import type { CampaignSender } from './campaign-sender';
import { changeField } from './custom-fields';
import { peopleActions } from './people-actions';
import type { StatusWebhook } from './status-webhook';
import type { SubscriberBook } from './subscriber-book';
import { setSwitches } from './switches';
import { missing, unprocessable } from './wire';
import { isEventKind, type CampaignEvent, type EventKind } from './webhook-batch';
import type { WebhookSender } from './webhook-sender';

interface Parts {
  readonly book: SubscriberBook;
  readonly sender: CampaignSender;
  readonly webhooks: WebhookSender;
  readonly statusWebhook: StatusWebhook;
}

/** What the admin port offers beside faults: work by hand, campaigns, webhooks, switches. */
export function adminActions({ book, sender, webhooks, statusWebhook }: Parts): Route[] {
  return [
    route('POST /people', peopleActions({ book, statusWebhook })),
    route('POST /campaigns', (request) => sendCampaign(book, sender, bodyOf(request))),
    route('POST /campaign-events', (request) => campaignEvents(book, sender, jsonOf(request))),
    route('POST /webhook', (request) => saveWebhook(book, webhooks, bodyOf(request)['url'])),
    route('GET /webhooks', () => ({
      status: 200,
      body: { pending: book.account.pendingBatches.length, problems: webhooks.problems, statusProblems: statusWebhook.problems },
    })),
    route('POST /lists/:id/status-webhook', (request) => {
      const list = book.list(request.params['id']);
      const url = bodyOf(request)['url'];
      if (list === undefined) return missing('List');
      if (url !== null && (typeof url !== 'string' || !URL.canParse(url)))
        return unprocessable({ url: ['The url must be a valid URL or null.'] });
      list.status_webhook = url;
      return { status: 200, body: { url } };
    }),
    route('POST /lists/:id/custom-fields', (request) => {
      const list = book.list(request.params['id']);
      if (list === undefined) return missing('List');
      const memberships = [...book.people].flatMap(({ lists }) => lists[String(list.id)] ?? []);
      const problem = changeField(list, memberships, bodyOf(request));
      return problem === undefined ? { status: 200, body: list.custom_fields } : unprocessable({ field: [problem] });
    }),
    route('GET /switches', () => ({ status: 200, body: book.switches })),
    route('PATCH /switches', (request) => {
      const problem = setSwitches(book.switches, bodyOf(request));
      return problem === undefined ? { status: 200, body: book.switches } : unprocessable({ switches: [problem] });
    }),
  ];
}

/** `{title, subject, list, outcomes}`: made and sent at once; `outcomes` maps e-mails to event kinds such as `bounce`. */
function sendCampaign(book: SubscriberBook, sender: CampaignSender, body: Record<string, unknown>): Reply {
  const list = book.list(body['list']);
  if (list === undefined) return missing('List');
  const wanted = isObject(body['outcomes']) ? Object.entries(body['outcomes']) : [];
  const outcomes: Record<string, EventKind> = {};
  for (const [email, kind] of wanted) {
    if (!isEventKind(kind)) return unprocessable({ outcomes: [`There is no event ${String(kind)}.`] });
    outcomes[email.trim().toLowerCase()] = kind;
  }
  const title = String(body['title'] ?? 'Kampaň');
  const campaign = sender.create({ title, subject: String(body['subject'] ?? title), recepient_lists: [list.id] });
  const recipients = sender.send(campaign, outcomes);
  return { status: 200, body: { campaign, recipients } };
}

/** A list of `{campaign, email, kind, eventId?, at?}`, for instance opens after a campaign was sent. */
function campaignEvents(book: SubscriberBook, sender: CampaignSender, given: unknown): Reply {
  const events: CampaignEvent[] = [];
  for (const item of Array.isArray(given) ? given : [given]) {
    if (!isObject(item) || !isEventKind(item['kind']) || typeof item['email'] !== 'string')
      return unprocessable({ events: ['An event needs campaign, email and a known kind.'] });
    const at = typeof item['at'] === 'string' ? new Date(item['at']) : book.now();
    if (Number.isNaN(at.getTime())) return unprocessable({ at: ['The time is not one.'] });
    const eventId = typeof item['eventId'] === 'string' ? item['eventId'] : undefined;
    events.push({ kind: item['kind'], email: item['email'].trim().toLowerCase(), at, eventId, campaignId: Number(item['campaign']) });
  }
  sender.happen(events);
  return { status: 200, body: { events: events.length } };
}
