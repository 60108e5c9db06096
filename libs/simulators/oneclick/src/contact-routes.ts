import { bodyOf, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { Contact, RecordRow } from './account';
import { pragueTime } from './account';
import type { ContactBook } from './contact-book';
import { decodeCursor, encodeCursor, failure, limitOf } from './wire';

type WithContact = (contact: Contact, request: SimulatorRequest) => Reply;

/** `GET /contacts`, one contact, and everything that changes one. */
export function contactRoutes(book: ContactBook, now: () => Date): Route[] {
  const one =
    (run: WithContact) =>
    (request: SimulatorRequest): Reply => {
      const contact = book.get(Number(request.params['id']));
      if (contact === undefined) return failure(404, 'not_found', 'No such contact.');
      if (contact.merged_into !== null) return { status: 410, body: { merged_into: contact.merged_into } };
      return run(contact, request);
    };
  const record = (run: (row: RecordRow, contact: Contact, request: SimulatorRequest) => Reply) =>
    one((contact, request) => {
      const row = contact.records.find(({ id }) => id === Number(request.params['rid']));
      return row === undefined ? failure(404, 'not_found', 'No such record.') : run(row, contact, request);
    });
  const tagging =
    (tags: (contact: Contact, row?: RecordRow) => { get: string[]; set(next: string[]): void }, add: boolean) =>
    (contact: Contact, request: SimulatorRequest, row?: RecordRow): Reply => {
      const { get, set } = tags(contact, row);
      const tag = request.params['tag'] ?? '';
      if (get.includes(tag) !== add) {
        set(add ? [...get, tag] : get.filter((other) => other !== tag));
        book.touch(contact);
      }
      return { status: 204 };
    };
  const ofContact = (contact: Contact) => ({ get: contact.tags, set: (next: string[]) => void (contact.tags = next) });
  const ofRecord = (_contact: Contact, row?: RecordRow) => ({
    get: row?.tags ?? [],
    set: (next: string[]) => void (row && (row.tags = next)),
  });
  return [
    route('GET /contacts', (request) => list(book, request)),
    route(
      'GET /contacts/:id',
      one((contact) => ({ status: 200, body: contact })),
    ),
    route('POST /contacts', (request) => create(book, request, now)),
    route(
      'PATCH /contacts/:id',
      one((contact, request) => ({
        status: 200,
        body: book.touch(Object.assign(contact, pick(bodyOf(request), ['name', 'ic', 'dic', 'note']))),
      })),
    ),
    route(
      'POST /contacts/:id/hide',
      one((contact) => ({ status: 200, body: book.hide(contact) })),
    ),
    route(
      'POST /contacts/:id/restore',
      one((contact) => ({ status: 200, body: book.restore(contact) })),
    ),
    route(
      'POST /contacts/:id/records',
      one((contact, request) => addRecord(book, contact, request)),
    ),
    route(
      'PATCH /contacts/:id/records/:rid',
      record((row, contact, request) => {
        Object.assign(row, pick(bodyOf(request), ['value', 'label', 'street', 'city', 'zip', 'country', 'primary', 'person_id']));
        book.touch(contact);
        return { status: 200, body: row };
      }),
    ),
    route(
      'DELETE /contacts/:id/records/:rid',
      record((row, contact) => {
        row.deleted = true;
        book.touch(contact);
        return { status: 204 };
      }),
    ),
    route(
      'PUT /contacts/:id/tags/:tag',
      one((contact, request) => tagging(ofContact, true)(contact, request)),
    ),
    route(
      'DELETE /contacts/:id/tags/:tag',
      one((contact, request) => tagging(ofContact, false)(contact, request)),
    ),
    route(
      'PUT /contacts/:id/records/:rid/tags/:tag',
      record((row, contact, request) => tagging(ofRecord, true)(contact, request, row)),
    ),
    route(
      'DELETE /contacts/:id/records/:rid/tags/:tag',
      record((row, contact, request) => tagging(ofRecord, false)(contact, request, row)),
    ),
  ];
}

function list(book: ContactBook, { query }: SimulatorRequest): Reply {
  const limit = limitOf(query, 200);
  const since = query.get('changed_since');
  if (since !== null && Number.isNaN(Date.parse(since))) return failure(422, 'invalid', 'changed_since is not a time.');
  const cursor = query.get('cursor');
  const after = cursor !== null ? decodeCursor(cursor) : since !== null ? { at: since, id: -1 } : undefined;
  if (cursor !== null && after === undefined) return failure(422, 'invalid', 'cursor is not one of ours.');
  const [tag, withDeleted] = [query.get('tag'), query.get('include_deleted') === '1'];
  const wanted = (contact: Contact): boolean =>
    (withDeleted || (!contact.deleted && contact.merged_into === null)) && (tag === null || contact.tags.includes(tag));
  const items = book.page(after, limit, wanted);
  const last = items.at(-1);
  const next = items.length === limit && last !== undefined ? encodeCursor({ at: last.changed_at, id: last.id }) : null;
  return { status: 200, body: { items, next_cursor: next } };
}

function create(book: ContactBook, request: SimulatorRequest, now: () => Date): Reply {
  const body = bodyOf(request);
  if (typeof body['name'] !== 'string' || body['name'].trim() === '') return failure(422, 'invalid', 'A contact needs a name.');
  const at = pragueTime(now());
  const contact: Contact = {
    ...{ id: book.nextId(), name: body['name'], ic: '', dic: '', note: '', deleted: false, deleted_at: null, merged_into: null },
    ...{ tags: [], authorized_users: [book.account.user], persons: [], records: [], created_at: at, changed_at: at },
    ...pick(body, ['ic', 'dic', 'note', 'tags']),
  };
  return { status: 201, body: book.add(contact) };
}

function addRecord(book: ContactBook, contact: Contact, request: SimulatorRequest): Reply {
  const body = bodyOf(request);
  const type = book.account.recordTypes.find(({ key }) => key === body['type']);
  if (type === undefined) return failure(422, 'invalid', `There is no record type ${String(body['type'])}.`);
  const row: RecordRow = {
    ...{ id: book.nextId(), type: type.key, label: '', person_id: null, primary: false, deleted: false, tags: [] },
    ...pick(body, ['value', 'label', 'street', 'city', 'zip', 'country', 'person_id', 'primary', 'tags']),
  };
  contact.records.push(row);
  book.touch(contact);
  return { status: 201, body: row };
}

function pick(body: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in body).map((name) => [name, body[name]]));
}
