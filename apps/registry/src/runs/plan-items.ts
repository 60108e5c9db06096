import { payloadHash, type Combined, type Desire, type LinkVersion, type PlanItem, type Write } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { nothingWanted } from '../deciding/memberships';
import { combinePerson } from '../releasing/combine-person';
import { addressesOfMembership } from '../releasing/let-out';
import { membershipsAt, type MembershipAt } from '../releasing/memberships-at';
import type { RemotePerson } from '../releasing/remote-persons';
import { plannedWrite, type PlannedWrite } from './planned-write';

/** An item with what it writes; null: it makes somebody anew, which follows from what the links want, or it writes nothing. */
export interface PlannedItem extends PlanItem {
  readonly writes: readonly PlannedWrite[] | null;
}

/** Items for memberships that differ: what would be written if this link let out what it wants, and the others what they let out already. */
export async function planItems(
  tx: Tx,
  link: LinkVersion,
  into: readonly LinkVersion[],
  differing: readonly MembershipAt[],
): Promise<PlannedItem[]> {
  const addresses = [...new Set(differing.flatMap(addressesOfMembership))];
  const here = await membershipsInto(tx, into, addresses);
  // Who takes an address over does so in one step: nobody leaves for the moment in between.
  const takenOver = new Set(here.flatMap(({ link_id, desired }) => (link_id === link.linkId ? (desired?.address ?? []) : [])));
  const combined = await combinedAt(tx, link, into, addresses, here);
  return differing.flatMap((one) => itemsOf(one, combined, takenOver));
}

/** What makes somebody anew at these addresses, as this link wants it and the others let it out. */
export async function creationsAt(
  tx: Tx,
  link: LinkVersion,
  into: readonly LinkVersion[],
  addresses: readonly string[],
): Promise<ReadonlyMap<string, Write>> {
  const wanted = wantedAfterwards(link.linkId, await membershipsInto(tx, into, addresses));
  return new Map(
    addresses.flatMap((address): [string, Write][] => {
      const { write } = combinePerson(address, wanted.get(address) ?? [], undefined, into);
      return write === null ? [] : [[address, write]];
    }),
  );
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

function itemsOf(membership: MembershipAt, combined: ReadonlyMap<string, Combined>, takenOver: ReadonlySet<string>): PlannedItem[] {
  const { slot_key: slotKey, desired, desired_hash, released_address, leaving, reason } = membership;
  const address = desired?.address ?? null;
  const left = [...new Set([released_address, ...leaving])].filter((old) => old !== null && old !== address && !takenOver.has(old));
  const removals = writesOf(left, combined);
  const removal: PlannedItem = { slotKey, operation: 'remove', payloadHash: removalHash(membership), reason, writes: removals };
  const leaves = removals.length > 0;
  if (address === null) return leaves ? [removal] : [{ ...removal, operation: 'excluded', payloadHash: nothingWanted, writes: null }];
  const there = combined.get(address);
  const operation = there === undefined || there.write === null || there.kind === 'remove' ? 'unchanged' : there.kind;
  const writes = operation === 'unchanged' || there?.write?.create === true ? null : writesOf([address], combined);
  // An address edited in place: the old one leaves, the new one comes.
  return [...(leaves ? [removal] : []), { slotKey, operation, payloadHash: desired_hash, reason, writes }];
}

const writesOf = (addresses: readonly (string | null)[], combined: ReadonlyMap<string, Combined>): PlannedWrite[] =>
  addresses.flatMap((address) => {
    const write = address === null ? undefined : combined.get(address)?.write;
    return address === null || write === undefined || write === null ? [] : [plannedWrite(address, write)];
  });

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
