import { payloadHash, type Combined, type Desire, type LinkVersion, type PlanItem, type Write, type WriteKind } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { nothingWanted } from '../deciding/memberships';
import { combinePerson } from '../releasing/combine-person';
import { addressesOfMembership } from '../releasing/let-out';
import { membershipsAt, type MembershipAt } from '../releasing/memberships-at';
import type { RemotePerson } from '../releasing/remote-persons';

/** Items for memberships that differ: what would be written if this link let out what it wants, and the others what they let out already. */
export async function planItems(
  tx: Tx,
  link: LinkVersion,
  into: readonly LinkVersion[],
  differing: readonly MembershipAt[],
): Promise<PlanItem[]> {
  const addresses = [...new Set(differing.flatMap(addressesOfMembership))];
  const here = await membershipsInto(tx, into, addresses);
  // Who takes an address over does so in one step: nobody leaves for the moment in between.
  const takenOver = new Set(here.flatMap(({ link_id, desired }) => (link_id === link.linkId ? (desired?.address ?? []) : [])));
  const combined = await combinedAt(tx, link, into, addresses, here);
  const kinds = new Map([...combined].map(([address, one]): [string, WriteKind | null] => [address, one.write === null ? null : one.kind]));
  return differing.flatMap((one) => itemsOf(one, kinds, takenOver));
}

/** What would be written at these addresses if this link let out what it wants; nothing for those where nothing differs. */
export async function writesAt(
  tx: Tx,
  link: LinkVersion,
  into: readonly LinkVersion[],
  addresses: readonly string[],
): Promise<ReadonlyMap<string, Write>> {
  const combined = await combinedAt(tx, link, into, addresses, await membershipsInto(tx, into, addresses));
  return new Map([...combined].flatMap(([address, { write }]): [string, Write][] => (write === null ? [] : [[address, write]])));
}

async function membershipsInto(tx: Tx, into: readonly LinkVersion[], addresses: readonly string[]): Promise<MembershipAt[]> {
  const [first] = into;
  if (first === undefined) return [];
  const linkIds = into.map(({ linkId }) => linkId);
  return membershipsAt(tx, first.workspaceId, linkIds, addresses, '');
}

async function combinedAt(
  tx: Tx,
  link: LinkVersion,
  into: readonly LinkVersion[],
  addresses: readonly string[],
  here: readonly MembershipAt[],
): Promise<ReadonlyMap<string, Combined>> {
  const people = await loadPeople(tx, link, addresses);
  const wanted = wantedAfterwards(link.linkId, here);
  return new Map(addresses.map((address) => [address, combinePerson(address, wanted.get(address) ?? [], people.get(address), into)]));
}

/** What a removal is planned from: another address let out since, or another wish, and it no longer fits. */
export const removalHash = ({ released_address, desired_hash }: Pick<MembershipAt, 'released_address' | 'desired_hash'>): string =>
  payloadHash([released_address, desired_hash]);

function itemsOf(membership: MembershipAt, kinds: ReadonlyMap<string, WriteKind | null>, takenOver: ReadonlySet<string>): PlanItem[] {
  const { slot_key: slotKey, desired, desired_hash, released_address, leaving, reason } = membership;
  const address = desired?.address ?? null;
  const removal: PlanItem = { slotKey, operation: 'remove', payloadHash: removalHash(membership), reason };
  const leaves = [released_address, ...leaving].some(
    (old) => old !== null && old !== address && !takenOver.has(old) && (kinds.get(old) ?? null) !== null,
  );
  if (address === null) return leaves ? [removal] : [{ ...removal, operation: 'excluded', payloadHash: nothingWanted }];
  const kind = kinds.get(address) ?? null;
  const operation = kind === null || kind === 'remove' ? 'unchanged' : kind;
  // An address edited in place: the old one leaves, the new one comes.
  return [...(leaves ? [removal] : []), { slotKey, operation, payloadHash: desired_hash, reason }];
}

function wantedAfterwards(linkId: string, memberships: readonly MembershipAt[]): Map<string, Desire[]> {
  const wanted = new Map<string, Desire[]>();
  for (const membership of memberships) {
    const desire = membership.link_id === linkId ? membership.desired : membership.released;
    if (desire === null) continue;
    const list = wanted.get(desire.address);
    if (list === undefined) wanted.set(desire.address, [desire]);
    else list.push(desire);
  }
  return wanted;
}

async function loadPeople(
  tx: Tx,
  { workspaceId, destination }: LinkVersion,
  addresses: readonly string[],
): Promise<Map<string, RemotePerson>> {
  const rows = await tx.query<RemotePerson>(
    'SELECT address, there, ledger FROM remote_persons WHERE workspace_id = $1 AND connection_id = $2 AND address = ANY($3)',
    [workspaceId, destination.connectionId, addresses],
  );
  return new Map(rows.map((row) => [row.address, row]));
}
