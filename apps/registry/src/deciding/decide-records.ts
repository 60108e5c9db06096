import type { LinkVersion, ReasonCode } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { decideProfiles, type DecidedProfile } from './decide-profiles';
import { Holds } from '../undo/holds';
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
import { eachSlotOnce, profilesOfRecord, vanishedProfile, type Profile } from './profiles-of-record';
import { loadWorkingSet, type DecisionScope, type GivenRecords, type WorkingSet } from './working-set';

interface Question {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly remoteIds: readonly string[];
  readonly links: readonly LinkRow[];
  /** Whether what was observed is let out by the plan of a run of the link alone. */
  readonly isPlanned: (linkId: string, remoteId: string) => boolean;
  /** Addresses whose rows the caller has locked. */
  readonly held: ReadonlySet<string>;
  /** The records, when the caller has kept them just now. */
  readonly given?: GivenRecords;
}

/**
 * Decides every profile of some source records, in every link, and keeps what differs. What a link lets out between runs is made due; an
 * opt-out always is. Rows of addresses that the caller does not hold, and of records, are locked here.
 */
export async function decideRecords(tx: Tx, question: Question): Promise<void> {
  const { workspaceId, connectionId, remoteIds, links, isPlanned, held } = question;
  if (remoteIds.length === 0 || links.length === 0) return;
  const scope = { workspaceId, connectionId, remoteIds, linkIds: links.map(({ link }) => link.linkId) };
  const set = await loadWorkingSet(tx, scope, held, question.given);
  const known = set.isNew ? [] : await knownOf(tx, scope, set);
  const holds = await Holds.load(tx, workspaceId, known);
  const decided: DecidedMembership[] = [];
  const forgotten: KnownMembership[] = [];
  for (const { link, letsOut } of links) {
    const ofLink = known.filter(({ link_id }) => link_id === link.linkId);
    const { profiles, vanished } = profilesOf(link, set, ofLink);
    forgotten.push(...vanished.filter(({ wanted }) => !wanted));
    const before = new Map(ofLink.map((membership) => [membership.slot_key, membership]));
    for (const free of decideProfiles(link, profiles)) {
      const profile = holds.held(link, free);
      const comesOut = letsOut && !isPlanned(link.linkId, profile.record.remoteId);
      const one = decidedMembership(link, profile, before.get(profile.slotKey), comesOut);
      if (differs(profile.decision, one)) decided.push(one);
    }
  }
  await holds.end(tx, workspaceId, forgotten);
  await forgetMemberships(tx, workspaceId, forgotten);
  await saveMemberships(tx, workspaceId, decided);
}

function knownOf(tx: Tx, { workspaceId, connectionId, linkIds }: DecisionScope, { records }: WorkingSet): Promise<KnownMembership[]> {
  const remoteIds = records.map(({ remoteId }) => remoteId);
  const slotKeys = records.flatMap(({ body }) => body.slots.map(({ key }) => key));
  return loadMemberships(tx, workspaceId, connectionId, remoteIds, linkIds, slotKeys);
}

function profilesOf(
  link: LinkVersion,
  set: WorkingSet,
  known: readonly KnownMembership[],
): { readonly profiles: Profile[]; readonly vanished: readonly KnownMembership[] } {
  const all = set.records.flatMap((record) => profilesOfRecord(link, record, set));
  const profiles = eachSlotOnce(all).filter((profile) => concerns(set, profile));
  const there = new Set(all.map(({ slotKey }) => slotKey));
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
const concerns = (set: WorkingSet, { record, address }: Profile): boolean =>
  set.asked.has(record.remoteId) || (address !== null && set.sharedAddresses.has(address));

function decidedMembership(
  link: LinkVersion,
  profile: DecidedProfile,
  known: KnownMembership | undefined,
  comesOut: boolean,
): DecidedMembership {
  const { decision } = profile;
  const desiredHash = hashOfDesire(decision.desired);
  const isOther = desiredHash !== (known?.released_hash ?? '');
  const urgent = isOther && known?.wanted === true && acts.has(decision.reason.code);
  // A merge at the source shows the loser gone a moment before the winner has its mail records: nobody leaves for that moment.
  const waitMs = decision.reason.code === 'source.gone' ? 15_000 : 0;
  return { link, profile, known, desiredHash, urgent, dueAt: isOther && (comesOut || urgent) ? new Date(Date.now() + waitMs) : null };
}

/** The person's own acts. What a link says of consent otherwise (no legal basis) waits for its plan, and its brake. */
const acts: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['consent.opted-out', 'consent.complained', 'consent.erased']);
