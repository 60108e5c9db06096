import type { PlanView } from '@kontaktor/contracts';
import type { Write } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { linkById, linksOf } from '../deciding/links';
import { addressesOfMembership } from '../releasing/let-out';
import { membershipsOfSlots, type MembershipAt } from '../releasing/memberships-at';
import { removalHash, writesAt } from '../runs/plan-items';
import type { RunRow } from '../runs/run-row';

type PlannedWrite = PlanView['items'][number]['writes'][number];

interface Item {
  readonly slot_key: string;
  readonly operation: string;
  readonly payload_hash: string;
}

/** What items of a plan would write now, by the same rules as the run; nothing for those that no longer fit. */
export async function plannedWrites<Row extends Item>(tx: Tx, run: RunRow, items: readonly Row[]): Promise<Map<Row, PlannedWrite[]>> {
  const row = await linkById(tx, run.workspace_id, run.link_id);
  if (row === undefined) return new Map();
  const { link } = row;
  const slots = await membershipsOfSlots(
    tx,
    link.workspaceId,
    link.linkId,
    items.map(({ slot_key }) => slot_key),
  );
  const into = (await linksOf(tx, link.workspaceId, 'destination_id', link.destination.connectionId)).map((one) => one.link);
  const writes = await writesAt(tx, link, into, [...new Set(slots.flatMap(addressesOfMembership))]);
  const bySlot = new Map(slots.map((slot) => [slot.slot_key, slot]));
  return new Map(items.map((item) => [item, ofItem(item, bySlot.get(item.slot_key), writes)]));
}

function ofItem(item: Item, slot: MembershipAt | undefined, writes: ReadonlyMap<string, Write>): PlannedWrite[] {
  if (slot === undefined) return [];
  const isRemoval = item.operation === 'remove';
  if (item.payload_hash !== (isRemoval ? removalHash(slot) : slot.desired_hash)) return [];
  const address = slot.desired?.address ?? null;
  const concerned = isRemoval ? addressesOfMembership({ ...slot, desired: null }).filter((one) => one !== address) : [address];
  return concerned.flatMap((at) => {
    const write = at === null ? undefined : writes.get(at);
    return at === null || write === undefined ? [] : [shown(at, write)];
  });
}

function shown(address: string, write: Write): PlannedWrite {
  const comesBack = write.comeBack.map(({ place }) => place);
  const fields = Object.fromEntries(
    Object.entries(write.fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? [...value] : value]),
  );
  return {
    ...{ address, create: write.create, subscribe: [...write.subscribe, ...comesBack], unsubscribe: [...write.unsubscribe] },
    ...{ addTags: [...write.addTags], removeTags: [...write.removeTags], fields, delete: write.delete },
  };
}
