import type { AdapterContext } from '@kontaktor/adapter-kit';
import { readAs, shapes, type Contact } from './api-types';
export type { ItemResult } from './api-types';
import type { Settings } from './settings';

export type Context = AdapterContext<Settings>;

/** The most that one page of contacts holds. */
const pageSize = 200;

/** `undefined`: not there; a number: merged into the contact with this id. */
export async function getContact({ http }: Context, id: string): Promise<Contact | number | undefined> {
  const { status, body } = await http.json({ method: 'GET', path: `/contacts/${id}`, route: '/contacts/{id}' }, [404, 410]);
  if (status === 404) return undefined;
  if (status === 410) return readAs(shapes.mergedInto, body, 'a merged contact').merged_into;
  return readAs(shapes.contact, body, 'a contact');
}

/** A page of the change list, hidden contacts included, and the server's time before it was read (milliseconds, to the second). */
export async function listContacts({ http }: Context, query: { readonly cursor?: string; readonly changedSince?: string }) {
  const params = new URLSearchParams({ include_deleted: '1', limit: String(pageSize) });
  if (query.cursor !== undefined) params.set('cursor', query.cursor);
  else if (query.changedSince !== undefined) params.set('changed_since', query.changedSince);
  const { body, headers } = await http.json({ method: 'GET', path: `/contacts?${params}`, route: '/contacts' });
  const page = readAs(shapes.contactPage, body, 'a page of contacts');
  return { ...page, servedAt: Date.parse(headers['date'] ?? '') };
}

export async function recordTypes({ http }: Context) {
  return readAs(
    shapes.recordTypes,
    (await http.json({ method: 'GET', path: '/record-types', route: '/record-types' })).body,
    'record types',
  ).items;
}

export async function tags({ http }: Context) {
  return readAs(shapes.tags, (await http.json({ method: 'GET', path: '/tags', route: '/tags' })).body, 'tags').items;
}

export async function me({ http }: Context) {
  return readAs(shapes.me, (await http.json({ method: 'GET', path: '/me', route: '/me' })).body, 'who we are');
}

export async function listDiary({ http }: Context, cursor: string | undefined) {
  const params = new URLSearchParams({ limit: String(pageSize), ...(cursor === undefined ? {} : { cursor }) });
  return readAs(shapes.diaryPage, (await http.json({ method: 'GET', path: `/diary?${params}`, route: '/diary' })).body, 'the diary');
}

export async function postDiary({ http }: Context, entries: readonly object[]) {
  // Safe to repeat: external_id makes an entry unique.
  const { body } = await http.json({ method: 'POST', path: '/diary/batch', route: '/diary/batch', body: { entries }, repeatable: true });
  return readAs(shapes.itemStatuses, body, 'diary entries').results;
}

export async function sendMarks({ http }: Context, method: 'POST' | 'DELETE', items: readonly object[]) {
  const { body } = await http.json({ method, path: '/marks', route: '/marks', body: { items }, repeatable: true });
  return readAs(shapes.itemStatuses, body, 'marks').results;
}
