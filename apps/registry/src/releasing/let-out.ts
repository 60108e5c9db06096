import type { Desire } from '@kontaktor/domain';
import type { MembershipAt, ReleasedRow } from './memberships-at';

/** What a membership lets out: its desire, what it let out before, or nothing. `undefined`: it stays as it is. */
export type Choice = (membership: MembershipAt) => Desire | null | undefined;

/** Memberships that let something out now, with what. */
export type LetOut = ReadonlyMap<MembershipAt, Desire | null>;

/** Addresses at which a membership has something, or will have. */
export const addressesOfMembership = (one: Pick<MembershipAt, 'released_address' | 'leaving' | 'desired'>): string[] =>
  [one.released_address, one.desired?.address ?? null, ...one.leaving].flatMap((address) => address ?? []);

/** The choice for each membership of which all addresses are locked: one that was decided anew meanwhile may have another. */
export function chosenOf(
  memberships: readonly MembershipAt[],
  locked: ReadonlySet<string>,
  choice: Choice,
): Map<MembershipAt, Desire | null> {
  const chosen = new Map<MembershipAt, Desire | null>();
  for (const membership of memberships) {
    const desire = choice(membership);
    if (desire !== undefined && addressesOfMembership(membership).every((address) => locked.has(address))) chosen.set(membership, desire);
  }
  return chosen;
}

/** What all memberships let out, by address, once those that were chosen have let out theirs. */
export function desiresByAddress(memberships: readonly MembershipAt[], chosen: LetOut): Map<string, Desire[]> {
  const desires = new Map<string, Desire[]>();
  for (const membership of memberships) {
    const desire = chosen.has(membership) ? chosen.get(membership) : membership.released;
    if (desire === null || desire === undefined) continue;
    const list = desires.get(desire.address);
    if (list === undefined) desires.set(desire.address, [desire]);
    else list.push(desire);
  }
  return desires;
}

/** The membership's row once it has let out `desire`. `quiet`: addresses where nothing has to be written. */
export function toReleased(membership: MembershipAt, desire: Desire | null, quiet: ReadonlySet<string>): ReleasedRow {
  const { released_address: old, leaving } = membership;
  const address = desire?.address ?? null;
  const left = new Set([...leaving, ...(old === null ? [] : [old])].filter((one) => one !== address && !quiet.has(one)));
  const settled = desire === null ? (membership.eligible ? 'held' : 'excluded') : 'unchanged';
  const isQuiet = [old, address].every((one) => one === null || quiet.has(one)) && left.size === 0;
  return {
    ...{ link_id: membership.link_id, slot_key: membership.slot_key, released: desire, released_address: address },
    released_hash: desire === null ? '' : desire === membership.released ? membership.released_hash : membership.desired_hash,
    leaving: [...left],
    outcome: isQuiet ? settled : 'held',
  };
}
