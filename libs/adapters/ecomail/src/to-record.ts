import type { PulledRecord } from '@kontaktor/adapter-kit';
import type { FieldValue, PlaceState, SubscriptionStatus } from '@kontaktor/domain';
import type { Member, Membership, Person } from './api-types';
import { customValues } from './custom-fields';
import { remoteNames } from './fields';

const statuses: Readonly<Record<number, SubscriptionStatus>> = {
  ...{ 1: 'subscribed', 2: 'unsubscribed', 3: 'soft-bounced' },
  ...{ 4: 'hard-bounced', 5: 'complained', 6: 'unconfirmed' },
};

const twoHours = 2 * 60 * 60 * 1000;

/** A time in milliseconds; `undefined` for none, also for the zero date `0000-00-00 00:00:00`, which occurs. */
function moment(text: string | null | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) || time <= 0 ? undefined : time;
}
const naiveMoment = (text: string | null | undefined): number | undefined => (text ? moment(`${text.replace(' ', 'T')}Z`) : undefined);

/**
 * A membership as a state. `*_utc` is right when it is there; the ISO form is 1-2 h early, so the moment lies within two hours after it. The
 * raw text of `unsubscribed_at` is the stamp: an unsubscription answers the same text.
 */
export function placeState({ status, unsubscribed_at: iso, unsubscribed_at_utc: utc }: Membership): PlaceState {
  const state = { status: statuses[status] ?? 'unconfirmed' };
  if (status !== 2) return state;
  const [exact, early] = [naiveMoment(utc), moment(iso)];
  const from = exact ?? early;
  const to = exact ?? (early === undefined ? undefined : early + twoHours);
  return {
    ...state,
    ...(iso ? { stamp: iso } : {}),
    ...(from === undefined || to === undefined ? {} : { since: { from: new Date(from).toISOString(), to: new Date(to).toISOString() } }),
  };
}

/** Fields, as far as the answer shows them: a field it lacks is not read, one that is null is blank. */
export function fieldsOf(person: Person): Record<string, FieldValue> {
  const found: Record<string, FieldValue> = {};
  for (const [ours, theirs] of Object.entries(remoteNames)) {
    const value = person[theirs];
    if (typeof value === 'string' || value === null) found[ours] = value;
  }
  return found;
}

/** One row of a list: the person with the membership in this list alone. */
export function toRecord(member: Member, list: string, defined: readonly string[]): PulledRecord {
  return pulled(member.subscriber, list, member, defined);
}

/** @param defined keys of the list's custom fields */
export function pulled(person: Person, list: string, membership: Membership, defined: readonly string[]): PulledRecord {
  const place = `list/${list}`;
  const custom = customValues(list, { ...membership.c_fields, ...membership.custom_fields }, defined);
  const fields = { ...fieldsOf(person), ...custom };
  return {
    ...{ remoteId: person.email.trim().toLowerCase(), part: place, presence: 'present' },
    record: { kind: 'person', fields, tags: person.tags ?? [], slots: [], places: { [place]: placeState(membership) } },
    covers: [...Object.keys(fields), 'tags', `place:${place}`],
  };
}
