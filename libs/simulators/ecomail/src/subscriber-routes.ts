import { bodyOf, isObject, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { MailingList } from './account';
import type { SubscriberBook } from './subscriber-book';
import { membershipWire, missing, personWire, unprocessable } from './wire';

const mostInBulk = 3000;

/** Writing subscribers: singly and in bulk, with the opposite defaults of the two. */
export function subscriberRoutes(book: SubscriberBook): Route[] {
  const withList =
    (run: (list: MailingList, body: Record<string, unknown>, request: SimulatorRequest) => Reply) =>
    (request: SimulatorRequest): Reply => {
      const list = book.list(request.params['id']);
      return list === undefined ? missing('List') : run(list, bodyOf(request), request);
    };
  return [
    route(
      'POST /lists/:id/subscribe',
      withList((list, body) => subscribe(book, list, body)),
    ),
    route(
      'POST /lists/:id/subscribe-bulk',
      withList((list, body) => subscribeBulk(book, list, body)),
    ),
    route(
      'PUT /lists/:id/update-subscriber',
      withList((list, body) => updateOne(book, list, body)),
    ),
    route(
      'PUT /lists/:id/update-subscriber-bulk',
      withList((list, body) => updateBulk(book, list, body)),
    ),
    route(
      'DELETE /lists/:id/unsubscribe',
      withList((list, body) => {
        const membership = book.get(String(body['email'] ?? ''))?.lists[String(list.id)];
        if (membership === undefined) return missing('Subscriber');
        book.setStatus(membership, 2);
        return { status: 200, body: { id: 1, email: body['email'], ...membershipWire(list.id, membership) } };
      }),
    ),
    route('POST /lists/:id/unsubscribe', () => ({ status: 405, body: { message: 'The POST method is not supported.' } })),
    route('GET /subscribers/:email', ({ params }) => {
      const subscriber = book.get(params['email'] ?? '');
      if (subscriber === undefined) return missing('Subscriber');
      const lists = Object.fromEntries(
        Object.entries(subscriber.lists).map(([id, membership]) => {
          const { custom_fields, ...wire } = membershipWire(Number(id), membership);
          return [id, { ...wire, c_fields: custom_fields }];
        }),
      );
      return { status: 200, body: { subscriber: { ...personWire(subscriber), lists } } };
    }),
    route('DELETE /subscribers/:email/delete', ({ params }) => {
      const subscriber = book.get(params['email'] ?? '');
      if (subscriber === undefined) return missing('Subscriber');
      book.remove(subscriber);
      return { status: 200, body: {} };
    }),
  ];
}

function subscribe(book: SubscriberBook, list: MailingList, body: Record<string, unknown>): Reply {
  const data = body['subscriber_data'];
  if (!isObject(data)) return unprocessable({ subscriber_data: ['The subscriber data field is required.'] });
  const problems = book.problemsOf(data);
  if (Object.keys(problems).length > 0) return unprocessable(problems);
  const before = book.get(String(data['email']))?.lists[String(list.id)];
  const asked = data['status'] === undefined ? undefined : Number(data['status']);
  if (before !== undefined && body['update_existing'] !== true) {
    return { status: 200, body: { ...personWire(book.get(String(data['email'])) as never), already_subscribed: true } };
  }
  const revived = before?.status === 2 && body['resubscribe'] === true && (asked === undefined || asked === 1) ? 1 : undefined;
  const first = asked ?? (list.double_optin && body['skip_confirmation'] !== true ? 6 : 1);
  const status = before === undefined ? first : (revived ?? (asked === 2 || asked === 4 ? asked : undefined));
  const { subscriber } = book.write(list, data, status, true);
  return { status: 200, body: { ...personWire(subscriber), ...(before === undefined ? {} : { already_subscribed: true }) } };
}

function itemsOf(body: Record<string, unknown>): Record<string, unknown>[] | undefined {
  const data = body['subscriber_data'];
  return Array.isArray(data) ? data.slice(0, mostInBulk).filter(isObject) : undefined;
}

function bulkProblems(book: SubscriberBook, items: readonly Record<string, unknown>[]): Reply | undefined {
  const errors = items.flatMap((item, index) => {
    const problems = book.problemsOf(item);
    return Object.keys(problems).length === 0 ? [] : [[`subscriber_data.${index}`, problems] as const];
  });
  return errors.length === 0 ? undefined : { status: 422, body: { errors: Object.fromEntries(errors) } };
}

function subscribeBulk(book: SubscriberBook, list: MailingList, body: Record<string, unknown>): Reply {
  const items = itemsOf(body);
  if (items === undefined) return unprocessable({ subscriber_data: ['The subscriber data must be an array.'] });
  const refused = bulkProblems(book, items);
  if (refused !== undefined) return refused;
  let inserts = 0;
  for (const data of items) {
    const before = book.get(String(data['email']))?.lists[String(list.id)];
    if (before !== undefined && body['update_existing'] === false) continue;
    const asked = data['status'] === undefined ? 1 : Number(data['status']);
    const revived = before?.status === 2 && body['resubscribe'] === true && asked === 1;
    const { isNew } = book.write(list, data, before === undefined ? asked : revived ? 1 : undefined, false);
    if (isNew) inserts += 1;
  }
  return { status: 200, body: { inserts } };
}

function updateOne(book: SubscriberBook, list: MailingList, body: Record<string, unknown>): Reply {
  const email = body['email'];
  if (typeof email !== 'string') return unprocessable({ email: ['email_required'] });
  if (book.get(email)?.lists[String(list.id)] === undefined) return missing('Subscriber');
  const data = { ...(isObject(body['subscriber_data']) ? body['subscriber_data'] : {}), email };
  const problems = book.problemsOf(data);
  if (Object.keys(problems).length > 0) return unprocessable(problems);
  const { subscriber } = book.write(list, data, undefined, true);
  return { status: 200, body: personWire(subscriber) };
}

function updateBulk(book: SubscriberBook, list: MailingList, body: Record<string, unknown>): Reply {
  const items = itemsOf(body);
  if (items === undefined) return unprocessable({ subscriber_data: ['The subscriber data must be an array.'] });
  const refused = bulkProblems(book, items);
  if (refused !== undefined) return refused;
  const members = items.filter((item) => book.get(String(item['email']))?.lists[String(list.id)] !== undefined);
  for (const data of members) {
    const before = book.get(String(data['email']))?.lists[String(list.id)];
    const revived = body['allow_resubscribe'] === true && Number(data['status']) === 1 && before?.status === 2;
    book.write(list, data, revived ? 1 : undefined, false);
  }
  return { status: 200, body: { updates: members.length } };
}
