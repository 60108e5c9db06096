import { providerUnavailable, type AdapterContext, type NewList } from '@kontaktor/adapter-kit';
import { readAs, shapes, type MemberPage, type PersonWithLists } from './api-types';
import type { Settings } from './settings';

export type Context = AdapterContext<Settings>;

/** The API allows 5000, the vendor advises 4000 at most. */
export const pageSize = 4000;
const at = (email: string): string => encodeURIComponent(email);

export async function account({ http }: Context): Promise<void> {
  await http.json({ method: 'GET', path: '/account', route: '/account' });
}

export async function lists({ http }: Context) {
  return readAs(shapes.lists, (await http.json({ method: 'GET', path: '/lists', route: '/lists' })).body, 'lists');
}

export async function createList({ http }: Context, { name, fromName, fromEmail, replyTo }: NewList) {
  const body = { name, from_name: fromName, from_email: fromEmail, reply_to: replyTo };
  return readAs(shapes.list, (await http.json({ method: 'POST', path: '/lists', route: '/lists', body })).body, 'the new list').id;
}

export async function members({ http }: Context, list: string, status: string, page: number): Promise<MemberPage> {
  const params = new URLSearchParams({ status, page: String(page), per_page: String(pageSize) });
  const { body } = await http.json({ method: 'GET', path: `/lists/${list}/subscribers?${params}`, route: '/lists/{list}/subscribers' });
  return readAs(shapes.members, body, 'members of a list');
}

/** Definitions of a list's custom fields, by key. */
export async function customFieldsOf({ http }: Context, list: number | string) {
  const { body } = await http.json({ method: 'GET', path: `/lists/${list}`, route: '/lists/{list}' });
  return readAs(shapes.listFields, body, 'a list').list.custom_fields;
}

/** How many are subscribed in a list right now. */
export async function subscribedIn({ http }: Context, list: string): Promise<number> {
  const { body } = await http.json({ method: 'GET', path: `/lists/${list}`, route: '/lists/{list}' });
  return readAs(shapes.listCounts, body, 'a list').subscribers.subscribed;
}

/** `undefined`: no such person in the account. */
export async function person({ http }: Context, email: string): Promise<PersonWithLists | undefined> {
  const { status, body } = await http.json({ method: 'GET', path: `/subscribers/${at(email)}`, route: '/subscribers/{email}' }, [404]);
  return status === 404 ? undefined : readAs(shapes.person, body, 'a subscriber').subscriber;
}

export async function subscribe({ http }: Context, list: string, body: object): Promise<void> {
  const answer = await http.json({
    method: 'POST',
    path: `/lists/${list}/subscribe`,
    route: '/lists/{list}/subscribe',
    body,
    repeatable: true,
  });
  checkTaken(answer.body);
}

export async function subscribeBulk({ http }: Context, list: string, body: object): Promise<void> {
  const answer = await http.json({
    method: 'POST',
    path: `/lists/${list}/subscribe-bulk`,
    route: '/lists/{list}/subscribe-bulk',
    body,
    repeatable: true,
  });
  checkTaken(answer.body);
}

export async function updateBulk({ http }: Context, list: string, items: readonly object[]): Promise<void> {
  const answer = await http.json({
    method: 'PUT',
    path: `/lists/${list}/update-subscriber-bulk`,
    route: '/lists/{list}/update-subscriber-bulk',
    body: { subscriber_data: items, allow_resubscribe: false },
    repeatable: true,
  });
  checkTaken(answer.body);
}

/** What stands in it is not documented well enough to be relied on; but a 200 that says "maintenance" took nothing. */
function checkTaken(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null)
    throw providerUnavailable('Ecomail answered a write with something that is no answer of its API');
}

/** Not repeatable: the stamp that the answer bears is what later explains the status. `undefined`: not a member. */
export async function unsubscribe({ http }: Context, list: string, email: string) {
  const { status, body } = await http.json(
    { method: 'DELETE', path: `/lists/${list}/unsubscribe`, route: '/lists/{list}/unsubscribe', body: { email } },
    [404],
  );
  return status === 404 ? undefined : readAs(shapes.membership, body, 'an unsubscription');
}

export async function deletePerson({ http }: Context, email: string): Promise<void> {
  await http.json(
    { method: 'DELETE', path: `/subscribers/${at(email)}/delete`, route: '/subscribers/{email}/delete', repeatable: true },
    [404],
  );
}

export async function campaign({ http }: Context, id: string) {
  const { title, archive_url } = readAs(
    shapes.campaign,
    (await http.json({ method: 'GET', path: `/campaigns/${encodeURIComponent(id)}`, route: '/campaigns/{id}' })).body,
    'a campaign',
  );
  return { title, ...(archive_url ? { url: archive_url } : {}) };
}
