import { bodyOf, isObject, route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { ContactBook } from './contact-book';
import { failure, invalid } from './wire';

const mostInCall = 500;

/** Marks: the icon of a connected system at a record, with when and what. They do not move `changed_at`. */
export function markRoutes(book: ContactBook): Route[] {
  return [
    route('POST /marks', (request) => eachItem(request, (item) => put(book, item))),
    route('DELETE /marks', (request) => eachItem(request, (item) => remove(book, item))),
  ];
}

function eachItem(request: SimulatorRequest, run: (item: Record<string, unknown>) => Reply): Reply {
  const items = bodyOf(request)['items'];
  if (!Array.isArray(items) || items.length > mostInCall) return invalid(`items: a list of up to ${mostInCall}.`);
  const results = items.map((item: unknown) => {
    const { status, body } = isObject(item) ? run(item) : invalid('A mark must be an object.');
    return { record_id: isObject(item) ? item['record_id'] : null, status, ...(isObject(body) ? body : {}) };
  });
  return { status: 200, body: { results } };
}

function put(book: ContactBook, { record_id, system, at, what }: Record<string, unknown>): Reply {
  if (typeof record_id !== 'number' || !book.hasRecord(record_id)) return failure(404, 'not_found', 'No such record.');
  if (typeof system !== 'string' || system === '' || typeof what !== 'string') return invalid('A mark needs system and what.');
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return invalid('at is not a time.');
  book.putMark({ record_id, system, at, what });
  return { status: 200 };
}

function remove(book: ContactBook, { record_id, system }: Record<string, unknown>): Reply {
  if (typeof record_id !== 'number' || typeof system !== 'string') return invalid('A mark needs record_id and system.');
  book.removeMark(record_id, system);
  return book.hasRecord(record_id) ? { status: 200 } : failure(404, 'not_found', 'No such record.');
}
