import type { PulledRecord } from '@kontaktor/adapter-kit';
import type { FieldValue, PlaceState, SubscriptionStatus } from '@kontaktor/domain';
import type { Member, Membership, Person } from './api-types';
import { remoteNames } from './fields';

const statuses: Readonly<Record<number, SubscriptionStatus>> = {
  ...{ 1: 'subscribed', 2: 'unsubscribed', 3: 'soft-bounced' },
  ...{ 4: 'hard-bounced', 5: 'complained', 6: 'unconfirmed' },
};

const utc = (naive: string): string => `${naive.replace(' ', 'T')}.000Z`;
const twoHours = 2 * 60 * 60 * 1000;

/**
 * A membership as a state. `*_utc` is right when it is there; the ISO form is 1-2 h early, so the moment lies within two hours after it. The
 * raw text of `unsubscribed_at` is the stamp: an unsubscription answers the same text.
 */
export function placeState({ status, unsubscribed_at: iso, unsubscribed_at_utc: exact }: Membership): PlaceState {
  const state = { status: statuses[status] ?? 'unconfirmed' };
  if (status !== 2 || !iso) return state;
  const from = exact ? utc(exact) : new Date(iso).toISOString();
  const to = exact ? from : new Date(Date.parse(iso) + twoHours).toISOString();
  return { ...state, stamp: iso, since: { from, to } };
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
export function toRecord(member: Member, list: string): PulledRecord {
  return pulled(member.subscriber, list, member);
}

export function pulled(person: Person, list: string, membership: Membership): PulledRecord {
  const place = `list/${list}`;
  const fields = fieldsOf(person);
  return {
    ...{ remoteId: person.email.toLowerCase(), part: place, presence: 'present' },
    record: { kind: 'person', fields, tags: person.tags ?? [], slots: [], places: { [place]: placeState(membership) } },
    covers: [...Object.keys(fields), 'tags', `place:${place}`],
  };
}
