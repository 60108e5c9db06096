import type { Desire, LinkVersion, PlanItem, WriteKind } from '@kontaktor/domain';
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
  const people = await loadPeople(tx, link, addresses);
  const linkIds = into.map(({ linkId }) => linkId);
  const here = await membershipsAt(tx, link.workspaceId, linkIds, addresses, '');
  const wanted = wantedAfterwards(link.linkId, here);
  // Who takes an address over does so in one step: nobody leaves for the moment in between.
  const takenOver = new Set(here.flatMap(({ link_id, desired }) => (link_id === link.linkId ? (desired?.address ?? []) : [])));
  const kinds = new Map<string, WriteKind | null>();
  for (const address of addresses) {
    const combined = combinePerson(address, wanted.get(address) ?? [], people.get(address), into);
    kinds.set(address, combined.write === null ? null : combined.kind);
  }
  return differing.flatMap((one) => itemsOf(one, kinds, takenOver));
}

function itemsOf(membership: MembershipAt, kinds: ReadonlyMap<string, WriteKind | null>, takenOver: ReadonlySet<string>): PlanItem[] {
  const { slot_key: slotKey, desired, desired_hash, released_address, leaving, reason } = membership;
  const address = desired?.address ?? null;
  const removal: PlanItem = { slotKey, operation: 'remove', payloadHash: nothingWanted, reason };
  const leaves = [released_address, ...leaving].some(
    (old) => old !== null && old !== address && !takenOver.has(old) && (kinds.get(old) ?? null) !== null,
  );
  if (address === null) return leaves ? [removal] : [{ ...removal, operation: 'excluded' }];
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
