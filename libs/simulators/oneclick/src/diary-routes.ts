import { bodyOf, isObject, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { Contact, DiaryEntry } from './account';
import type { ContactBook } from './contact-book';
import { contactOr, withContact } from './find-contact';
import { decodeCursor, encodeCursor, failure, invalid, limitOf, timeOf } from './wire';

const mostInBatch = 200;

/** The diary of contacts. An entry never moves a contact's `changed_at`; the same `external_id` is written once. */
export function diaryRoutes(book: ContactBook): Route[] {
  return [
    route(
      'GET /contacts/:id/diary',
      withContact(book, (contact, { query }) => entriesOf(book, contact, query)),
    ),
    route('POST /contacts/:id/diary', (request) => {
      const key = request.headers['idempotency-key'];
      return append(book, request.params['id'], bodyOf(request), typeof key === 'string' ? key : undefined);
    }),
    route('GET /diary', ({ query }) => allEntries(book, query)),
    route('POST /diary/batch', (request) => batch(book, request)),
  ];
}

const mayRead = (book: ContactBook, contact: Contact | undefined): boolean =>
  contact?.authorized_users.includes(book.account.user) ?? false;

function entriesOf(book: ContactBook, contact: Contact, query: URLSearchParams): Reply {
  if (!mayRead(book, contact)) return failure(403, 'forbidden', 'Not an authorised person of this contact.');
  const since = timeOf(query, 'since') ?? 0;
  return Number.isNaN(since) ? invalid('since is not a time.') : { status: 200, body: { items: book.diary.of(contact.id, since) } };
}

/** Oldest first means in the order they were written: an entry with an earlier time that is added later is not skipped by a cursor. */
function allEntries(book: ContactBook, query: URLSearchParams): Reply {
  const since = timeOf(query, 'since') ?? 0;
  if (Number.isNaN(since)) return invalid('since is not a time.');
  const cursor = query.get('cursor') || undefined;
  const after = cursor === undefined ? { id: -1 } : decodeCursor(cursor);
  if (after === undefined) return invalid('cursor is not one of ours.');
  const isWanted = ({ at, contact_id }: DiaryEntry): boolean => Date.parse(at) >= since && mayRead(book, book.get(contact_id));
  const { items, more } = book.diary.after(after.id, limitOf(query, 200), isWanted);
  const last = items.at(-1);
  const next = more && last !== undefined ? encodeCursor({ time: Date.parse(last.at), id: last.id }) : null;
  return { status: 200, body: { items, next_cursor: next } };
}

function problemOf({ text, kind, at }: Record<string, unknown>): string | undefined {
  if (typeof text !== 'string' || text.trim() === '' || typeof kind !== 'string' || kind === '') return 'An entry needs kind and text.';
  if (at !== undefined && (typeof at !== 'string' || Number.isNaN(Date.parse(at)))) return 'at is not a time.';
  return undefined;
}

function append(book: ContactBook, contactId: unknown, body: Record<string, unknown>, key?: string): Reply {
  const found = contactOr(book, contactId);
  if ('refusal' in found) return found.refusal;
  const { contact } = found;
  if (!mayRead(book, contact)) return failure(403, 'forbidden', 'Not an authorised person of this contact.');
  const problem = problemOf(body);
  if (problem !== undefined) return invalid(problem);
  const externalId = typeof body['external_id'] === 'string' && body['external_id'] !== '' ? body['external_id'] : (key ?? null);
  const before = externalId === null ? undefined : book.diary.find(contact.id, externalId);
  if (before !== undefined) return { status: 200, body: before };
  return { status: 201, body: book.diary.add(newEntry(book, contact.id, externalId, body, book.account.user)) };
}

export function newEntry(
  book: ContactBook,
  contactId: number,
  externalId: string | null,
  body: Record<string, unknown>,
  author: string,
): DiaryEntry {
  const idOr = (name: string): number | null => (typeof body[name] === 'number' ? body[name] : null);
  return {
    ...{
      id: book.nextId(),
      contact_id: contactId,
      external_id: externalId,
      kind: String(body['kind']),
      text: String(body['text']),
      author,
    },
    ...{ at: typeof body['at'] === 'string' ? body['at'] : book.now(), person_id: idOr('person_id'), record_id: idOr('record_id') },
  };
}

function batch(book: ContactBook, request: SimulatorRequest): Reply {
  const entries = bodyOf(request)['entries'];
  if (!Array.isArray(entries) || entries.length > mostInBatch) return invalid(`entries: a list of up to ${mostInBatch}.`);
  return { status: 200, body: { results: entries.map((entry: unknown) => batchItem(book, entry)) } };
}

function batchItem(book: ContactBook, entry: unknown): Record<string, unknown> {
  if (!isObject(entry)) return { external_id: null, ...resultOf(invalid('An entry must be an object.')) };
  const { contact_id, external_id } = entry;
  if (typeof external_id !== 'string' || external_id === '')
    return { contact_id, external_id: null, ...resultOf(invalid('An entry of a batch needs external_id.')) };
  return { contact_id, external_id, ...resultOf(append(book, contact_id, entry)) };
}

function resultOf({ status, body }: Reply): Record<string, unknown> {
  if (status < 300) return { status, id: isObject(body) ? body['id'] : null };
  return { status, ...(isObject(body) ? body : {}) };
}
