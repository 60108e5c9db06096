import { bodyOf, isObject, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import { statusNames, type MailingList } from './account';
import type { SubscriberBook } from './subscriber-book';
import { listWire, membershipWire, missing, pageWire, personWire, unprocessable } from './wire';

const mostPerPage = 5000;

/** `/lists` and the reading of their members. */
export function listRoutes(book: SubscriberBook, now: () => Date): Route[] {
  const { account } = book;
  const withList =
    (run: (list: MailingList, request: SimulatorRequest) => Reply) =>
    (request: SimulatorRequest): Reply => {
      const list = book.list(request.params['id']);
      return list === undefined ? missing('List') : run(list, request);
    };
  return [
    route('GET /lists', () => ({
      status: 200,
      body: account.lists.map(({ id, name, from_name, from_email, reply_to }) => ({ id, name, from_name, from_email, reply_to })),
    })),
    route('POST /lists', (request) => createList(book, request, now)),
    route(
      'GET /lists/:id',
      withList((list) => {
        const counts: Record<number, number> = {};
        for (const { lists } of account.subscribers) {
          const status = lists[String(list.id)]?.status;
          if (status !== undefined) counts[status] = (counts[status] ?? 0) + 1;
        }
        return { status: 200, body: listWire(list, counts) };
      }),
    ),
    route(
      'PUT /lists/:id',
      withList((list, request) => {
        const body = bodyOf(request);
        for (const name of ['name', 'from_name', 'from_email', 'reply_to'] as const)
          if (typeof body[name] === 'string') list[name] = body[name];
        return { status: 200, body: list };
      }),
    ),
    route(
      'GET /lists/:id/subscribers',
      withList((list, request) => members(book, list, request)),
    ),
    route(
      'GET /lists/:id/subscriber/:email',
      withList((list, { params }) => {
        const subscriber = book.get(params['email'] ?? '');
        const membership = subscriber?.lists[String(list.id)];
        if (subscriber === undefined || membership === undefined) return missing('Subscriber');
        return { status: 200, body: { subscriber: { ...personWire(subscriber), ...membershipWire(list.id, membership) } } };
      }),
    ),
  ];
}

function createList({ account }: SubscriberBook, request: SimulatorRequest, now: () => Date): Reply {
  const body = bodyOf(request);
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name].trim() : '');
  if (text('name') === '') return unprocessable({ name: ['The name field is required.'] });
  const at = now();
  const list: MailingList = {
    ...{
      id: account.nextId++,
      name: text('name'),
      from_name: text('from_name'),
      from_email: text('from_email'),
      reply_to: text('reply_to'),
    },
    ...{ double_optin: false, created: `${at.getDate()}.${at.getMonth() + 1}.${at.getFullYear()}`, custom_fields: {} },
  };
  account.lists.push(list);
  return { status: 200, body: list };
}

/** Only subscribed members unless another `status` is asked for by its name; numbers are ignored, as on the live service. */
function members(book: SubscriberBook, list: MailingList, { query, path }: SimulatorRequest): Reply {
  const whole = (name: string, otherwise: number): number => {
    const value = Number(query.get(name) ?? otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  const [page, perPage] = [whole('page', 1), Math.min(whole('per_page', 20), mostPerPage)];
  const wanted = Object.entries(statusNames).find(([, name]) => name === query.get('status'))?.[0] ?? '1';
  const all = book.membersOf(String(list.id), [Number(wanted)]);
  const rows = all.slice((page - 1) * perPage, page * perPage).map((subscriber) => {
    const membership = subscriber.lists[String(list.id)];
    return {
      id: subscriber.id,
      email: subscriber.email,
      ...(membership && membershipWire(list.id, membership)),
      subscriber: personWire(subscriber),
    };
  });
  return { status: 200, body: pageWire(rows.filter(isObject), page, perPage, all.length, path) };
}
