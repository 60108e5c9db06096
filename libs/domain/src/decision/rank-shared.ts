import type { SharedAddressRule } from '../link/link-version';

/** One profile among those of the same address in one link. `since`: when the source last changed it (ISO 8601). */
export interface SharedProfile {
  readonly slotKey: string;
  /** Whether it would qualify if it had the address alone. */
  readonly eligible: boolean;
  readonly since: string;
}

/**
 * Which of several profiles with one address carries it, never by chance: `first` and `merge` take the smallest key in natural order,
 * `newest` the one changed last, `skip` none. Profiles that do not qualify never stand in the way of one that does.
 */
export function rankShared(rule: SharedAddressRule, profiles: readonly SharedProfile[]): string | undefined {
  const rivals = profiles.filter(({ eligible }) => eligible);
  if (rivals.length <= 1 || rule !== 'skip') return [...rivals].sort(order(rule))[0]?.slotKey;
  return undefined;
}

const byKey = (a: SharedProfile, b: SharedProfile): number => a.slotKey.localeCompare(b.slotKey, 'en', { numeric: true });

function order(rule: SharedAddressRule): (a: SharedProfile, b: SharedProfile) => number {
  return rule === 'newest' ? (a, b) => b.since.localeCompare(a.since) || byKey(a, b) : byKey;
}
