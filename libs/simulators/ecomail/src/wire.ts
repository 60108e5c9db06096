import type { Reply, SimulatorRequest } from '@kontaktor/simulator-kit';
import type { MailingList, Membership, Subscriber } from './account';
import type { Problems } from './check-item';
import type { SubscriberBook } from './subscriber-book';
import { isoTime, naiveUtc } from './times';

type Wire = Record<string, unknown>;

export const unprocessable = (errors: Problems): Reply => ({ status: 422, body: { errors } });
export const missing = (what: string): Reply => ({ status: 404, body: { message: `${what} not found.` } });

/** PHP writes an empty map as an empty array. */
export const phpMap = (map: Wire): unknown => (Object.keys(map).length === 0 ? [] : map);

/** Plain literals here and below: an account of 100,000 is written row by row. */
export function personWire({ id, email, fields, tags, inserted_at, lists }: Subscriber): Wire {
  const field = (name: string): string | null => fields[name] ?? null;
  return {
    id,
    name: field('name'),
    surname: field('surname'),
    gender: field('gender'),
    company: field('company'),
    street: field('street'),
    city: field('city'),
    zip: field('zip'),
    country: field('country'),
    phone: field('phone'),
    pretitle: field('pretitle'),
    surtitle: field('surtitle'),
    birthday: field('birthday'),
    nameday: field('nameday'),
    source: field('source'),
    vokativ: field('vokativ'),
    vokativ_s: field('vokativ_s'),
    email,
    tags,
    bounce_soft: 0,
    bounced_hard: Object.values(lists).some(({ status }) => status === 4) ? 1 : 0,
    bounce_message: null,
    inserted_at: naiveUtc(inserted_at),
    last_open: null,
    last_click: null,
    last_delivery: null,
  };
}

export function membershipWire(listId: number | string, membership: Membership, shifted: boolean): Wire {
  const { status, subscribed_at, unsubscribed_at, custom_fields, groups, source } = membership;
  return {
    list_id: Number(listId),
    status,
    sms_status: 1,
    subscribed_at: subscribed_at === null ? null : isoTime(subscribed_at, shifted),
    subscribed_at_utc: subscribed_at === null ? null : naiveUtc(subscribed_at),
    unsubscribed_at: unsubscribed_at === null ? null : isoTime(unsubscribed_at, shifted),
    unsubscribed_at_utc: unsubscribed_at === null ? null : naiveUtc(unsubscribed_at),
    custom_fields: phpMap(custom_fields),
    groups: Object.keys(groups).length === 0 ? null : groups,
    source,
  };
}

/** A list as create and update answer it. */
export function listFields({ custom_fields, status_webhook: _byHandOnly, ...list }: MailingList, active: number): Wire {
  return { ...list, custom_fields: phpMap({ ...custom_fields }), groups: [], segments: [], active_subscribers: active };
}

export function listWire(list: MailingList, { members }: SubscriberBook): Wire {
  const count = (status: number): number => members.count(list.id, status);
  return {
    list: listFields(list, count(1)),
    subscribers: {
      ...{ unknown: 0, subscribed: count(1), unsubscribed: count(2), soft_bounced: count(3) },
      ...{ hard_bounced: count(4), complained: count(5), unconfirmed: count(6) },
    },
  };
}

/** Page and size as asked for; what is no whole number from 1 counts as not given, so `page=0` is page 1. */
export function pagingOf(query: URLSearchParams, otherwise: number, most: number): { readonly page: number; readonly perPage: number } {
  const whole = (name: string, fallback: number): number => {
    const value = Number(query.get(name) ?? fallback);
    return Number.isInteger(value) && value > 0 ? value : fallback;
  };
  return { page: whole('page', 1), perPage: Math.min(whole('per_page', otherwise), most) };
}

/** One page in Laravel's envelope. */
export function pageWire<Row>(all: readonly Row[], { query, path }: SimulatorRequest, toWire: (row: Row) => unknown): Wire {
  const { page, perPage } = pagingOf(query, 20, 5000);
  const rows = all.slice((page - 1) * perPage, page * perPage).map(toWire);
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const from = rows.length === 0 ? null : (page - 1) * perPage + 1;
  const url = (number: number): string => `https://api2.ecomailapp.cz${path}?page=${number}`;
  return {
    ...{ current_page: page, data: rows, first_page_url: url(1), from, last_page: last, last_page_url: url(last) },
    ...{ next_page_url: page < last ? url(page + 1) : null, path: `https://api2.ecomailapp.cz${path}`, per_page: perPage },
    ...{ prev_page_url: page > 1 ? url(page - 1) : null, to: from === null ? null : from + rows.length - 1, total: all.length },
  };
}
