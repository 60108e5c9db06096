import { bodyOf, isObject, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import { pragueTime, type Contact, type DiaryEntry } from './account';
import type { ContactBook } from './contact-book';
import { decodeCursor, encodeCursor, failure, limitOf } from './wire';

/** The diary of contacts. An entry never moves a contact's `changed_at`; the same `external_id` is written once. */
export function diaryRoutes(book: ContactBook, now: () => Date): Route[] {
  const { account } = book;
  const mayRead = (contact: Contact | undefined): boolean => contact?.authorized_users.includes(account.user) ?? false;
  const byExternalId = new Map(account.diary.flatMap((entry) => (entry.external_id === null ? [] : [[entry.external_id, entry] as const])));

  const append = (contactId: number, body: Record<string, unknown>, key?: string): Reply => {
    const contact = book.get(contactId);
    if (contact === undefined) return failure(404, 'not_found', 'No such contact.');
    if (contact.merged_into !== null) return { status: 410, body: { merged_into: contact.merged_into } };
    if (!mayRead(contact)) return failure(403, 'forbidden', 'Not an authorised person of this contact.');
    if (typeof body['text'] !== 'string' || typeof body['kind'] !== 'string')
      return failure(422, 'invalid', 'An entry needs kind and text.');
    const externalId = typeof body['external_id'] === 'string' ? body['external_id'] : (key ?? null);
    const before = externalId === null ? undefined : byExternalId.get(externalId);
    if (before !== undefined) return { status: 200, body: before };
    const entry: DiaryEntry = {
      ...{
        id: book.nextId(),
        contact_id: contactId,
        external_id: externalId,
        kind: body['kind'],
        text: body['text'],
        author: account.user,
      },
      at: typeof body['at'] === 'string' ? body['at'] : pragueTime(now()),
      person_id: typeof body['person_id'] === 'number' ? body['person_id'] : null,
      record_id: typeof body['record_id'] === 'number' ? body['record_id'] : null,
    };
    account.diary.push(entry);
    if (externalId !== null) byExternalId.set(externalId, entry);
    return { status: 201, body: entry };
  };

  const batch = (request: SimulatorRequest): Reply => {
    const entries = bodyOf(request)['entries'];
    if (!Array.isArray(entries) || entries.length > 200) return failure(422, 'invalid', 'entries: up to 200.');
    const results = entries.filter(isObject).map((entry) => {
      const { status, body } = append(Number(entry['contact_id']), entry);
      return { external_id: entry['external_id'], status, ...(status >= 400 && isObject(body) ? body : {}) };
    });
    return { status: 200, body: { results } };
  };

  const marks =
    (put: boolean) =>
    (request: SimulatorRequest): Reply => {
      const items = bodyOf(request)['items'];
      if (!Array.isArray(items) || items.length > 500) return failure(422, 'invalid', 'items: up to 500.');
      const records = new Set(account.contacts.flatMap((contact) => contact.records.map(({ id }) => id)));
      const results = items.filter(isObject).map((item) => {
        const recordId = Number(item['record_id']);
        if (!records.has(recordId)) return { record_id: recordId, status: 404 };
        account.marks = account.marks.filter((mark) => mark.record_id !== recordId || mark.system !== item['system']);
        if (put)
          account.marks.push({ record_id: recordId, system: String(item['system']), at: String(item['at']), what: String(item['what']) });
        return { record_id: recordId, status: 200 };
      });
      return { status: 200, body: { results } };
    };

  return [
    route('GET /contacts/:id/diary', ({ params, query }) => {
      const contact = book.get(Number(params['id']));
      if (contact === undefined) return failure(404, 'not_found', 'No such contact.');
      if (!mayRead(contact)) return failure(403, 'forbidden', 'Not an authorised person of this contact.');
      const since = Date.parse(query.get('since') ?? '') || 0;
      const items = account.diary.filter((entry) => entry.contact_id === contact.id && Date.parse(entry.at) >= since);
      return { status: 200, body: { items: items.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)) } };
    }),
    route('POST /contacts/:id/diary', (request) => {
      const key = request.headers['idempotency-key'];
      return append(Number(request.params['id']), bodyOf(request), typeof key === 'string' ? key : undefined);
    }),
    route('GET /diary', ({ query }) => {
      const limit = limitOf(query, 200);
      const after = decodeCursor(query.get('cursor') ?? '') ?? { at: query.get('since') ?? '1970-01-01T00:00:00Z', id: -1 };
      const isAfter = (entry: DiaryEntry): boolean =>
        Date.parse(entry.at) > Date.parse(after.at) || (Date.parse(entry.at) === Date.parse(after.at) && entry.id > after.id);
      const seen = account.diary.filter((entry) => isAfter(entry) && mayRead(book.get(entry.contact_id)));
      const items = seen.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.id - b.id).slice(0, limit);
      const last = items.at(-1);
      return { status: 200, body: { items, next_cursor: items.length === limit && last !== undefined ? encodeCursor(last) : null } };
    }),
    route('POST /diary/batch', batch),
    route('POST /marks', marks(true)),
    route('DELETE /marks', marks(false)),
  ];
}
