import { route, textsOf, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { MailingList } from './account';
import { bodyOf } from './request-body';
import type { SubscriberBook } from './subscriber-book';
import { czechDate } from './times';
import { statusNames } from './account';
import { listFields, listWire, membershipWire, missing, pageWire, personWire, unprocessable } from './wire';

/** Runs with the list that `:id` names. */
export const withList =
  (book: SubscriberBook, run: (list: MailingList, request: SimulatorRequest) => Reply) =>
  (request: SimulatorRequest): Reply => {
    const list = book.list(request.params['id']);
    return list === undefined ? missing('List') : run(list, request);
  };

/** `/lists` and the reading of their members. */
export function listRoutes(book: SubscriberBook): Route[] {
  return [
    route('GET /lists', () => ({
      status: 200,
      body: book.account.lists.map(({ id, name, from_name, from_email, reply_to }) => ({ id, name, from_name, from_email, reply_to })),
    })),
    route('POST /lists', (request) => createList(book, bodyOf(request))),
    route(
      'GET /lists/:id',
      withList(book, (list) => ({ status: 200, body: listWire(list, book) })),
    ),
    route(
      'PUT /lists/:id',
      withList(book, (list, request) => updateList(book, list, bodyOf(request))),
    ),
    route(
      'GET /lists/:id/subscribers',
      withList(book, (list, request) => members(book, list, request)),
    ),
    route(
      'GET /lists/:id/subscriber/:email',
      withList(book, (list, { params }) => member(book, list, params['email'] ?? '')),
    ),
  ];
}

const texts = ['name', 'from_name', 'from_email', 'reply_to', 'sub_success_page', 'sub_confirmed_page', 'unsub_page'] as const;
const confirmTexts = ['conf_subject', 'conf_message'] as const;
const nameRequired = unprocessable({ name: ['The name field is required.'] });
const hasName = ({ name }: Record<string, unknown>): boolean => typeof name === 'string' && name.trim() !== '';
const changesIn = (body: Record<string, unknown>): Partial<MailingList> => ({
  ...textsOf(body, [...texts, ...confirmTexts]),
  ...(typeof body['double_optin'] === 'boolean' ? { double_optin: body['double_optin'] } : {}),
});

function createList(book: SubscriberBook, body: Record<string, unknown>): Reply {
  if (!hasName(body)) return nameRequired;
  const list: MailingList = {
    ...{ id: book.nextId(), name: '', from_name: '', from_email: '', reply_to: '', status_webhook: null, created: czechDate(book.now()) },
    ...{ sub_success_page: null, sub_confirmed_page: null, unsub_page: null, conf_subject: null, conf_message: null },
    ...{ double_optin: false, custom_fields: {} },
    ...changesIn(body),
  };
  book.account.lists.push(list);
  return { status: 200, body: listFields(list, 0) };
}

function updateList(book: SubscriberBook, list: MailingList, body: Record<string, unknown>): Reply {
  if (!hasName(body)) return nameRequired;
  Object.assign(list, changesIn(body));
  return { status: 200, body: listFields(list, book.members.count(list.id, 1)) };
}

/** Only subscribed members unless another `status` is asked for by its name; numbers and unknown names are ignored, as on the live service. */
function members(book: SubscriberBook, list: MailingList, request: SimulatorRequest): Reply {
  const status = statusNames[request.query.get('status') ?? ''] ?? 1;
  const page = pageWire(book.members.members(list.id, status), request, (subscriber) => {
    const membership = subscriber.lists[String(list.id)];
    if (membership === undefined) return null;
    const row = membershipWire(list.id, membership, book.switches.shiftTimes);
    return Object.assign(row, { id: membership.id, email: subscriber.email, subscriber: personWire(subscriber) });
  });
  return { status: 200, body: page };
}

function member(book: SubscriberBook, list: MailingList, email: string): Reply {
  const [subscriber, membership] = [book.get(email), book.membership(list, email)];
  if (subscriber === undefined || membership === undefined) return missing('Subscriber');
  return {
    status: 200,
    body: { subscriber: { ...personWire(subscriber), ...membershipWire(list.id, membership, book.switches.shiftTimes) } },
  };
}
