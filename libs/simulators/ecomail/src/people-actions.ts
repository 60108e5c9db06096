import { isObject, jsonOf, type Reply } from '@kontaktor/simulator-kit';
import type { MailingList, Membership, Subscriber } from './account';
import { isEmpty, problemsOf, singleStatuses } from './check-item';
import type { StatusWebhook } from './status-webhook';
import type { SubscriberBook } from './subscriber-book';
import { missing, personWire, unprocessable } from './wire';
import type { SimulatorRequest } from '@kontaktor/simulator-kit';

type Body = Record<string, unknown>;

interface Hands {
  readonly book: SubscriberBook;
  readonly statusWebhook: StatusWebhook;
}

/**
 * What people do in Ecomail by hand: `POST /__sandbox/people` with one action or a list of them, such as
 * `{"action":"unsubscribe","email":"jana@firma.example","list":7}`. Without `list`, every list of the person is meant.
 */
export function peopleActions(hands: Hands): (request: SimulatorRequest) => Reply {
  return (request) => {
    const given = jsonOf(request);
    const results = (Array.isArray(given) ? given : [given]).map((body: unknown) => act(hands, isObject(body) ? body : {}));
    const refused = results.find(({ status }) => status >= 400);
    return {
      status: refused?.status ?? 200,
      body: { results: results.map(({ status, body }) => ({ status, ...(isObject(body) ? body : {}) })) },
    };
  };
}

/** Statuses that actions bring about in a list. */
const statuses: Readonly<Record<string, number>> = {
  ...{ subscribe: 1, resubscribe: 1, unsubscribe: 2, 'soft-bounce': 3, bounce: 4, complain: 5 },
};

function act(hands: Hands, body: Body): Reply {
  const { book } = hands;
  const action = String(body['action']);
  if (action === 'add') return add(hands, body);
  const subscriber = book.get(body['email']);
  if (subscriber === undefined) return missing('Subscriber');
  const status = statuses[action];
  if (status !== undefined) return setStatuses(hands, subscriber, body, status);
  return change(book, subscriber, action, body);
}

function add({ book, statusWebhook }: Hands, body: Body): Reply {
  const list = book.list(body['list']);
  if (list === undefined) return missing('List');
  const problems = problemsOf(body, singleStatuses, book.switches);
  if (!isEmpty(problems)) return unprocessable(problems);
  const data = { source: 'manual', ...body };
  const written = book.write(list, String(body['email']), data, { status: undefined, createFields: true, overwrite: true });
  statusWebhook.subscribed(list, written);
  return { status: 200, body: personWire(written.subscriber) };
}

function setStatuses({ book, statusWebhook }: Hands, subscriber: Subscriber, body: Body, status: number): Reply {
  const places = Object.entries(subscriber.lists).flatMap(([id, membership]): [MailingList, Membership][] => {
    const list = book.list(id);
    return list !== undefined && (body['list'] === undefined || String(body['list']) === id) ? [[list, membership]] : [];
  });
  if (places.length === 0) return missing('Membership');
  for (const [list, membership] of places) {
    const before = membership.status;
    book.setStatus(list, membership, status);
    if (status === 2 && typeof body['reason'] === 'string') membership.unsub_reason = body['reason'];
    if (before !== status && status <= 2) statusWebhook.send(list, subscriber.email, status === 1 ? 'SUBSCRIBED' : 'UNSUBSCRIBED', null);
  }
  return { status: 200, body: personWire(subscriber) };
}

function change(book: SubscriberBook, subscriber: Subscriber, action: string, body: Body): Reply {
  const tag = String(body['tag'] ?? '');
  switch (action) {
    case 'tag':
      subscriber.tags = [...new Set([...subscriber.tags, tag])];
      break;
    case 'untag':
      subscriber.tags = subscriber.tags.filter((other) => other !== tag);
      break;
    case 'edit':
      for (const [name, value] of Object.entries(isObject(body['fields']) ? body['fields'] : {}))
        subscriber.fields[name] = value === null ? null : String(value);
      break;
    case 'delete':
      book.remove(subscriber);
      break;
    default:
      return unprocessable({ action: [`The action must be one of add, ${Object.keys(statuses).join(', ')}, tag, untag, edit, delete.`] });
  }
  return { status: 200, body: personWire(subscriber) };
}
