import type { Fields } from './field-value';
import type { SubscriptionStatus } from './subscription-status';

/** One address of a record that a link can carry (a 1CLICK mail record). `key` is stable when the address text is edited. */
export interface Slot {
  readonly key: string;
  /** The source's record type, such as `email` or `email_private`. */
  readonly type: string;
  /** As typed at the source; normalise before comparing. */
  readonly address: string;
  readonly tags: readonly string[];
  readonly primary: boolean;
}

/** What stands about a person at one place (list) of a destination. Times are ISO 8601 in UTC. */
export interface PlaceState {
  readonly status: SubscriptionStatus;
  /** When the status came to be: an interval, because some providers' clocks are 1-2 h off. Absent: not told. */
  readonly since?: { readonly from: string; readonly to: string };
  /** The provider's own text of that moment, to recognise our own call by equality. */
  readonly stamp?: string;
}

/** One record as an adapter read it, in neutral words. Destination rows carry `places`, source rows carry `slots`. */
export interface ObservedRecord {
  readonly kind: 'person' | 'company';
  readonly fields: Fields;
  /** Tags on the record's level or above it (1CLICK: the contact's tags; Ecomail: the subscriber's). */
  readonly tags: readonly string[];
  readonly slots: readonly Slot[];
  readonly places: Readonly<Record<string, PlaceState>>;
  /** When the source last changed it, if it says. */
  readonly changedAt?: string;
}

/** `present` as read; `removed`: hidden or deleted at the source but still named by it; `gone`: no longer there at all. */
export type RecordPresence = 'present' | 'removed' | 'gone';
