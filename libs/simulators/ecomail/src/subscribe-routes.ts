import { isObject, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { MailingList } from './account';
import { isEmpty, problemsOf, singleStatuses, statusOf } from './check-item';
import { withList } from './list-routes';
import { bodyOf } from './request-body';
import { statusAfterSubscribe, statusAfterUpdate } from './status-rules';
import type { StatusWebhook } from './status-webhook';
import type { SubscriberBook, Written } from './subscriber-book';
import { membershipWire, missing, personWire, unprocessable } from './wire';

type Body = Record<string, unknown>;

/** Writing one subscriber of a list. */
export function subscribeRoutes(book: SubscriberBook, statusWebhook: StatusWebhook): Route[] {
  const on = (name: string, run: (list: MailingList, body: Body, request: SimulatorRequest) => Reply): Route =>
    route(
      name,
      withList(book, (list, request) => run(list, bodyOf(request), request)),
    );
  return [
    on('POST /lists/:id/subscribe', (list, body) => subscribe(book, statusWebhook, list, body)),
    on('PUT /lists/:id/update-subscriber', (list, body) => update(book, list, body)),
    on('DELETE /lists/:id/unsubscribe', (list, body) => unsubscribe(book, list, body)),
    route('POST /lists/:id/unsubscribe', () => ({ status: 405, body: { message: 'The POST method is not supported for this route.' } })),
  ];
}

function subscribe(book: SubscriberBook, statusWebhook: StatusWebhook, list: MailingList, body: Body): Reply {
  const data = body['subscriber_data'];
  if (!isObject(data)) return unprocessable({ subscriber_data: ['The subscriber data field is required.'] });
  const problems = problemsOf(data, singleStatuses, book.switches);
  if (!isEmpty(problems)) return unprocessable(problems);
  const rules = {
    ...{ resubscribe: body['resubscribe'] === true, skipConfirmation: body['skip_confirmation'] === true },
    ...{ updateExisting: body['update_existing'] === true, doubleOptIn: list.double_optin },
  };
  const email = String(data['email']);
  const status = statusAfterSubscribe(book.membership(list, email)?.status, statusOf(data), rules);
  const written = book.write(list, email, data, { status, createFields: true, overwrite: rules.updateExisting });
  setOff(book, list, written, body);
  statusWebhook.subscribed(list, written);
  return { status: 200, body: { ...personWire(written.subscriber), ...(written.isNew ? {} : { already_subscribed: true }) } };
}

/** Automations, opt-in mails and notifications of a single call. `trigger_autoresponders: false` suppresses every automation. */
function setOff(book: SubscriberBook, list: MailingList, written: Written, body: Body): void {
  const about = { email: written.subscriber.email, list: list.id, by: 'subscribe' };
  const cameIn = written.statusBefore !== written.membership.status;
  if (cameIn && written.membership.status === 6) book.trigger({ kind: 'opt-in-mail', ...about });
  if (cameIn && body['trigger_notification'] === true) book.trigger({ kind: 'notification', ...about });
  if (body['trigger_autoresponders'] !== true) return;
  if (cameIn && written.membership.status === 1) book.trigger({ kind: 'subscribed', ...about });
  for (const tag of written.addedTags) book.trigger({ kind: 'tag-added', tag, ...about });
}

/** Partial. The e-mail must stand at the root. Tags added this way set automations off. */
function update(book: SubscriberBook, list: MailingList, body: Body): Reply {
  const email = body['email'];
  if (typeof email !== 'string') return unprocessable({ email: ['email_required'] });
  const data: Body = { ...(isObject(body['subscriber_data']) ? body['subscriber_data'] : {}), email };
  const problems = problemsOf(data, singleStatuses, book.switches);
  if (!isEmpty(problems)) return unprocessable(problems);
  const membership = book.membership(list, email);
  if (membership === undefined) return missing('Subscriber');
  const status = statusAfterUpdate(membership.status, statusOf(data), false);
  const { subscriber, addedTags } = book.write(list, email, data, { status, createFields: true, overwrite: true });
  for (const tag of addedTags) book.trigger({ kind: 'tag-added', tag, email: subscriber.email, list: list.id, by: 'update-subscriber' });
  const { bounced_hard, ...wire } = personWire(subscriber);
  return { status: 200, body: { ...wire, bounce_hard: bounced_hard } };
}

/** No webhook is sent for it. Who is unsubscribed already keeps the time of it. */
function unsubscribe(book: SubscriberBook, list: MailingList, { email }: Body): Reply {
  if (typeof email !== 'string' || email.trim() === '') return unprocessable({ email: ['The email field is required.'] });
  const [subscriber, membership] = [book.get(email), book.membership(list, email)];
  if (subscriber === undefined || membership === undefined) return missing('Subscriber');
  book.setStatus(list, membership, 2);
  return {
    status: 200,
    body: { id: membership.id, email: subscriber.email, ...membershipWire(list.id, membership, book.switches.shiftTimes) },
  };
}
