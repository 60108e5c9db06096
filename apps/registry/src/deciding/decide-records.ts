import type { LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { decideProfiles, type DecidedProfile } from './decide-profiles';
import type { LinkRow } from './links';
import {
  differs,
  forgetMemberships,
  hashOfDesire,
  loadMemberships,
  saveMemberships,
  type DecidedMembership,
  type KnownMembership,
} from './memberships';
import { profilesOfRecord, vanishedProfile, type Profile } from './profiles-of-record';
import { loadWorkingSet, type SourceRecord, type WorkingSet } from './working-set';

interface Question {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly remoteIds: readonly string[];
  readonly links: readonly LinkRow[];
}

/**
 * Decides every profile of some source records, in every link, and keeps what differs. What a link lets out between runs is made due; an
 * opt-out always is. The rows of addresses and records are locked here; a
 * caller that holds locks of addresses must hold those of these records' addresses too. Answers how many memberships are due.
 */
export async function decideRecords(tx: Tx, question: Question): Promise<number> {
  const { workspaceId, connectionId, remoteIds, links } = question;
  if (remoteIds.length === 0 || links.length === 0) return 0;
  const set = await loadWorkingSet(tx, workspaceId, connectionId, remoteIds);
  const known = await loadMemberships(
    tx,
    workspaceId,
    connectionId,
    set.records.map(({ remoteId }) => remoteId),
    links.map(({ link }) => link.linkId),
    set.records.flatMap(({ body }) => body.slots.map(({ key }) => key)),
  );
  const decided: DecidedMembership[] = [];
  const forgotten: KnownMembership[] = [];
  for (const { link, releasesNow } of links) {
    const ofLink = known.filter(({ link_id }) => link_id === link.linkId);
    const { profiles, vanished } = profilesOf(link, set, ofLink);
    forgotten.push(...vanished.filter(({ wanted }) => !wanted));
    const before = new Map(ofLink.map((membership) => [membership.slot_key, membership]));
    for (const profile of decideProfiles(link, profiles)) {
      const one = decidedMembership(link, profile, before.get(profile.slotKey), releasesNow);
      if (differs(profile.decision, one)) decided.push(one);
    }
  }
  await forgetMemberships(tx, workspaceId, forgotten);
  await saveMemberships(tx, workspaceId, decided);
  return decided.filter(({ dueAt }) => dueAt !== null).length;
}

function profilesOf(
  link: LinkVersion,
  set: WorkingSet,
  known: readonly KnownMembership[],
): { readonly profiles: Profile[]; readonly vanished: readonly KnownMembership[] } {
  const profiles = set.records.flatMap((record) => profilesOfRecord(link, record, set).filter((profile) => concerns(set, record, profile)));
  const there = new Set(profiles.map(({ slotKey }) => slotKey));
  const records = new Map(set.records.map((record) => [record.remoteId, record]));
  const vanished = known.filter(({ slot_key, remote_id }) => !there.has(slot_key) && set.asked.has(remote_id));
  const wanted = vanished.filter((membership) => membership.wanted);
  const gone = wanted.flatMap(({ remote_id, slot_key, address }) => {
    const record = records.get(remote_id);
    return record === undefined ? [] : [vanishedProfile(record, slot_key, address)];
  });
  return { profiles: [...profiles, ...gone], vanished };
}

/** Of records that only share an address, just the profiles with such an address. */
const concerns = (set: WorkingSet, record: SourceRecord, { address }: Profile): boolean =>
  set.asked.has(record.remoteId) || (address !== null && set.sharedAddresses.has(address));

function decidedMembership(
  link: LinkVersion,
  profile: DecidedProfile,
  known: KnownMembership | undefined,
  releasedNow: boolean,
): DecidedMembership {
  const { decision } = profile;
  const isOther = hashOfDesire(decision.desired) !== (known?.released_hash ?? '');
  const urgent = isOther && known?.wanted === true && decision.reason.code.startsWith('consent.');
  // A merge at the source shows the loser gone a moment before the winner has its mail records: nobody leaves for that moment.
  const waitMs = decision.reason.code === 'source.gone' ? 15_000 : 0;
  return { link, profile, known, urgent, dueAt: isOther && (releasedNow || urgent) ? new Date(Date.now() + waitMs) : null };
}
