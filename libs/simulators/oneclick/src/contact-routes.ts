import { bodyOf, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { Contact } from './account';
import { addRecord, changeHead, changeRecord, createContact, deleteRecord, setTag } from './change-contact';
import type { ContactBook } from './contact-book';
import { withContact, withRecord } from './find-contact';
import { decodeCursor, encodeCursor, invalid, limitOf, timeOf } from './wire';

/** `GET /contacts`, one contact, and what changes its head. */
export function contactRoutes(book: ContactBook): Route[] {
  const of = (name: string, run: (contact: Contact, request: SimulatorRequest) => Reply): Route => route(name, withContact(book, run));
  return [
    route('GET /contacts', (request) => listContacts(book, request)),
    route('POST /contacts', (request) => createContact(book, bodyOf(request))),
    of('GET /contacts/:id', (contact) => ({ status: 200, body: contact })),
    of('PATCH /contacts/:id', (contact, request) => changeHead(book, contact, bodyOf(request))),
    of('POST /contacts/:id/hide', (contact) => ({ status: 200, body: book.hide(contact) })),
    of('POST /contacts/:id/restore', (contact) => ({ status: 200, body: book.restore(contact) })),
    of('POST /contacts/:id/records', (contact, request) => addRecord(book, contact, bodyOf(request))),
    route(
      'PATCH /contacts/:id/records/:rid',
      withRecord(book, (row, contact, request) => changeRecord(book, contact, row, bodyOf(request))),
    ),
    route(
      'DELETE /contacts/:id/records/:rid',
      withRecord(book, (row, contact) => deleteRecord(book, contact, row)),
    ),
  ];
}

/** Tags at both levels. */
export function tagRoutes(book: ContactBook): Route[] {
  return (['PUT', 'DELETE'] as const).flatMap((method) => [
    route(
      `${method} /contacts/:id/tags/:tag`,
      withContact(book, (contact, { params }) => setTag(book, contact, undefined, params['tag'] ?? '', method === 'PUT')),
    ),
    route(
      `${method} /contacts/:id/records/:rid/tags/:tag`,
      withRecord(book, (row, contact, { params }) => setTag(book, contact, row, params['tag'] ?? '', method === 'PUT')),
    ),
  ]);
}

function listContacts(book: ContactBook, { query }: SimulatorRequest): Reply {
  const since = timeOf(query, 'changed_since');
  if (since !== undefined && Number.isNaN(since)) return invalid('changed_since is not a time.');
  const cursor = query.get('cursor') || undefined;
  const after = cursor !== undefined ? decodeCursor(cursor) : since !== undefined ? { time: since, id: -1 } : undefined;
  if (cursor !== undefined && after === undefined) return invalid('cursor is not one of ours.');
  const { items, more } = book.page(after, limitOf(query, 200), wantedBy(query));
  const last = items.at(-1);
  const next = more && last !== undefined ? encodeCursor({ time: Date.parse(last.changed_at), id: last.id }) : null;
  return { status: 200, body: { items, next_cursor: next } };
}

function wantedBy(query: URLSearchParams): (contact: Contact) => boolean {
  const [tag, withDeleted] = [query.get('tag') || null, ['1', 'true'].includes(query.get('include_deleted') ?? '')];
  const bears = ({ tags, records }: Contact, wanted: string): boolean =>
    tags.includes(wanted) || records.some((row) => !row.deleted && row.tags.includes(wanted));
  return (contact) => (withDeleted || (!contact.deleted && contact.merged_into === null)) && (tag === null || bears(contact, tag));
}
