import { decide, rankShared, type Decision, type LinkVersion, type ProfileState } from '@kontaktor/domain';
import { linkRules } from '@kontaktor/mapping';
import type { Profile } from './profiles-of-record';

export interface DecidedProfile extends Profile {
  readonly decision: Decision;
}

/** Decides profiles of one link; those of one address are ranked by the link's rule, the others yield to the first. */
export function decideProfiles(link: LinkVersion, profiles: readonly Profile[]): DecidedProfile[] {
  const alone = profiles.map((profile) => ({ ...profile, decision: decide(link, profile.state, linkRules) }));
  const byAddress = new Map<string, DecidedProfile[]>();
  for (const profile of alone) {
    if (profile.address === null) continue;
    const sharers = byAddress.get(profile.address);
    if (sharers === undefined) byAddress.set(profile.address, [profile]);
    else sharers.push(profile);
  }
  const again = new Map<string, DecidedProfile>();
  for (const sharers of byAddress.values()) if (sharers.length > 1) for (const one of rank(link, sharers)) again.set(one.slotKey, one);
  return again.size === 0 ? alone : alone.map((profile) => again.get(profile.slotKey) ?? profile);
}

/** Answers the sharers whose decision differs because of the others. */
function rank(link: LinkVersion, sharers: readonly DecidedProfile[]): DecidedProfile[] {
  const rivals = sharers.filter(({ decision }) => decision.eligible);
  if (rivals.length < 2) return [];
  const first = rankShared(
    link.sharedAddress,
    rivals.map(({ slotKey, record }) => ({ slotKey, eligible: true, since: record.body.changedAt ?? '' })),
  );
  return rivals.flatMap((profile) => {
    if (profile.slotKey !== first) return [decideAgain(link, profile, { yieldsTo: yielding(link, rivals, first, profile) })];
    if (link.sharedAddress !== 'merge') return [];
    const mergedFrom = rivals.filter(({ slotKey }) => slotKey !== first).map(({ state: { fields, tags } }) => ({ fields, tags }));
    return [decideAgain(link, profile, { mergedFrom })];
  });
}

function yielding(
  link: LinkVersion,
  rivals: readonly DecidedProfile[],
  first: string | undefined,
  profile: DecidedProfile,
): ProfileState['yieldsTo'] {
  const other = first ?? rivals.find(({ slotKey }) => slotKey !== profile.slotKey)?.slotKey ?? '';
  return { slotKey: other, rule: link.sharedAddress };
}

function decideAgain(link: LinkVersion, profile: DecidedProfile, more: Partial<ProfileState>): DecidedProfile {
  const state = { ...profile.state, ...more };
  return { ...profile, state, decision: decide(link, state, linkRules) };
}
