import { isObject, route, type Reply, type Route } from '@kontaktor/simulator-kit';
import type { MailingList } from './account';
import { bulkStatuses, isEmpty, problemsOf, statusOf, type Problems } from './check-item';
import { withList } from './list-routes';
import { bodyOf } from './request-body';
import { statusAfterSubscribe, statusAfterUpdate } from './status-rules';
import type { StatusWebhook } from './status-webhook';
import type { SubscriberBook } from './subscriber-book';
import { unprocessable } from './wire';

type Body = Record<string, unknown>;

/** What exceeds it is dropped without a word. */
const mostInBulk = 3000;

/** Writing many subscribers at once. Bulk calls define no custom fields, set off no tag automation, and skip the opt-in mail. */
export function bulkRoutes(book: SubscriberBook, statusWebhook: StatusWebhook): Route[] {
  return [
    route(
      'POST /lists/:id/subscribe-bulk',
      withList(book, (list, request) => {
        const body = bodyOf(request);
        return inBulk(book, body, (items) => ({ inserts: subscribeAll(book, statusWebhook, list, body, items) }));
      }),
    ),
    route(
      'PUT /lists/:id/update-subscriber-bulk',
      withList(book, (list, request) => {
        const body = bodyOf(request);
        return inBulk(book, body, (items) => ({ updates: updateAll(book, list, body['allow_resubscribe'] === true, items) }));
      }),
    ),
  ];
}

/** Checks the items; one bad item refuses the whole call and is named, and by default nothing is stored. */
function inBulk(book: SubscriberBook, body: Body, store: (items: readonly Body[]) => object): Reply {
  const data = body['subscriber_data'];
  if (!Array.isArray(data)) return unprocessable({ subscriber_data: ['The subscriber data must be an array.'] });
  const items: unknown[] = data.slice(0, mostInBulk);
  const errors: Record<string, Problems> = {};
  const good: Body[] = [];
  items.forEach((item, index) => {
    const problems = problemsOf(item, bulkStatuses, book.switches);
    if (!isEmpty(problems)) errors[`subscriber_data.${index}`] = problems;
    else if (isObject(item)) good.push(item);
  });
  if (Object.keys(errors).length === 0) return { status: 200, body: store(lastOfEach(good)) };
  if (book.switches.storeValidPart) store(lastOfEach(good));
  return { status: 422, body: { errors } };
}

/** Of items with the same e-mail the last one counts. */
const lastOfEach = (items: readonly Body[]): Body[] => [
  ...new Map(items.map((item) => [String(item['email']).trim().toLowerCase(), item])).values(),
];

/** Answers how many are new in the list; updates are silent. */
function subscribeAll(book: SubscriberBook, statusWebhook: StatusWebhook, list: MailingList, body: Body, items: readonly Body[]): number {
  const rules = { resubscribe: body['resubscribe'] === true, updateExisting: body['update_existing'] !== false };
  let inserts = 0;
  for (const data of items) {
    const email = String(data['email']);
    const before = book.membership(list, email)?.status;
    const status = statusAfterSubscribe(before, statusOf(data) ?? 1, { ...rules, skipConfirmation: true, doubleOptIn: false });
    const written = book.write(list, email, data, { status, createFields: false, overwrite: rules.updateExisting });
    if (written.isNew) inserts += 1;
    const cameIn = written.membership.status === 1 && before !== 1;
    if (cameIn && body['trigger_autoresponders'] === true)
      book.trigger({ kind: 'subscribed', email: written.subscriber.email, list: list.id, by: 'subscribe-bulk' });
    statusWebhook.subscribed(list, written);
  }
  return inserts;
}

/** Answers how many members were updated; who is no member is passed over. */
function updateAll(book: SubscriberBook, list: MailingList, allowResubscribe: boolean, items: readonly Body[]): number {
  let updates = 0;
  for (const data of items) {
    const membership = book.membership(list, data['email']);
    if (membership === undefined) continue;
    const status = statusAfterUpdate(membership.status, statusOf(data), allowResubscribe);
    book.write(list, String(data['email']), data, { status, createFields: false, overwrite: true });
    updates += 1;
  }
  return updates;
}
