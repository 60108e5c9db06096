import { route, type Reply, type Route } from '@kontaktor/simulator-kit';
import type { MailingList, Membership, Subscriber } from './account';
import { bodyOf } from './request-body';
import type { SubscriberBook } from './subscriber-book';
import { membershipWire, missing, personWire, phpMap } from './wire';

/** People across lists: read, deleted, searched. */
export function personRoutes(book: SubscriberBook): Route[] {
  const withPerson =
    (run: (subscriber: Subscriber) => Reply): Route['answer'] =>
    ({ params }) => {
      const subscriber = book.get(params['email']);
      return subscriber === undefined ? missing('Subscriber') : run(subscriber);
    };
  return [
    route(
      'GET /subscribers/:email',
      withPerson((subscriber) => ({
        status: 200,
        body: { subscriber: { ...personWire(subscriber), lists: listsWire(book, subscriber) } },
      })),
    ),
    route(
      'DELETE /subscribers/:email/delete',
      withPerson((subscriber) => {
        book.remove(subscriber);
        return { status: 200, body: {} };
      }),
    ),
    route('POST /search', (request) => ({ status: 200, body: search(book, String(bodyOf(request)['query'] ?? '')) })),
  ];
}

/** Memberships by list id. Custom fields stand under `c_fields` here. */
function listsWire(book: SubscriberBook, { lists }: Subscriber): unknown {
  const wire = (id: string, membership: Membership): Record<string, unknown> => {
    const { custom_fields, ...rest } = membershipWire(id, membership, book.switches.shiftTimes);
    return {
      ...rest,
      c_fields: custom_fields,
      unsub_reason: membership.unsub_reason,
      status_history: [],
      owner: ownerWire(book, book.list(id)),
    };
  };
  return phpMap(Object.fromEntries(Object.entries(lists).map(([id, membership]) => [id, wire(id, membership)])));
}

function ownerWire(book: SubscriberBook, list: MailingList | undefined): unknown {
  if (list === undefined) return null;
  return { id: list.id, name: list.name, groups: [], active_subscribers: book.members.count(list.id, 1) };
}

function search(book: SubscriberBook, query: string): unknown[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const fits = ({ email, fields }: Subscriber): boolean =>
    [email, fields['name'], fields['surname']].some((text) => text?.toLowerCase().includes(wanted));
  return [...book.people]
    .filter(fits)
    .map(({ id, email, fields }) => ({ id, email, name: fields['name'] ?? null, surname: fields['surname'] ?? null }));
}
