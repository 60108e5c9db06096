import type { Reply } from '@kontaktor/simulator-kit';
import { naiveUtc, personalFields, shiftedIso, type MailingList, type Membership, type Subscriber } from './account';
import type { Problems } from './subscriber-book';

export const unprocessable = (errors: Problems): Reply => ({ status: 422, body: { errors } });
export const missing = (what: string): Reply => ({ status: 404, body: { message: `${what} not found.` } });

/** PHP writes an empty map as an empty array. */
const phpMap = (map: Record<string, unknown>): unknown => (Object.keys(map).length === 0 ? [] : map);

export function personWire(subscriber: Subscriber): Record<string, unknown> {
  const fields = Object.fromEntries(personalFields.map((name) => [name, subscriber.fields[name] ?? null]));
  return {
    id: subscriber.id,
    ...fields,
    email: subscriber.email,
    tags: subscriber.tags,
    bounce_soft: 0,
    bounced_hard: 0,
    bounce_message: null,
    inserted_at: naiveUtc(subscriber.inserted_at),
  };
}

export function membershipWire(
  listId: number,
  { status, subscribed_at, unsubscribed_at, custom_fields, source }: Membership,
): Record<string, unknown> {
  return {
    ...{ list_id: listId, status, sms_status: 1 },
    subscribed_at: subscribed_at === null ? null : shiftedIso(subscribed_at),
    subscribed_at_utc: subscribed_at === null ? null : naiveUtc(subscribed_at),
    unsubscribed_at: unsubscribed_at === null ? null : shiftedIso(unsubscribed_at),
    unsubscribed_at_utc: unsubscribed_at === null ? null : naiveUtc(unsubscribed_at),
    ...{ custom_fields: phpMap(custom_fields), groups: null, source },
  };
}

export function listWire(list: MailingList, counts: Record<number, number>): Record<string, unknown> {
  return {
    list: { ...list, custom_fields: phpMap({ ...list.custom_fields }), groups: [], segments: [], active_subscribers: counts[1] ?? 0 },
    subscribers: {
      ...{ unknown: 0, subscribed: counts[1] ?? 0, unsubscribed: counts[2] ?? 0, soft_bounced: counts[3] ?? 0 },
      ...{ hard_bounced: counts[4] ?? 0, complained: counts[5] ?? 0, unconfirmed: counts[6] ?? 0 },
    },
  };
}

export function pageWire(rows: readonly unknown[], page: number, perPage: number, total: number, path: string): Record<string, unknown> {
  const last = Math.max(1, Math.ceil(total / perPage));
  const from = rows.length === 0 ? null : (page - 1) * perPage + 1;
  return {
    ...{ current_page: page, data: rows, first_page_url: `${path}?page=1`, from, last_page: last, last_page_url: `${path}?page=${last}` },
    next_page_url: page < last ? `${path}?page=${page + 1}` : null,
    ...{
      path,
      per_page: perPage,
      prev_page_url: page > 1 ? `${path}?page=${page - 1}` : null,
      to: from === null ? null : from + rows.length - 1,
      total,
    },
  };
}
