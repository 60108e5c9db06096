import type { Tx } from '@kontaktor/persistence';
import { linkById, linksOf } from '../deciding/links';
import { membershipsOfSlots } from '../releasing/memberships-at';
import { creationsAt } from '../runs/plan-items';
import { plannedWrite, type PlannedWrite } from '../runs/planned-write';
import type { RunRow } from '../runs/run-row';

interface Item {
  readonly slot_key: string;
  readonly operation: string;
  readonly payload_hash: string;
  readonly writes: readonly PlannedWrite[] | null;
}

/**
 * What items of a plan would write, or wrote. Of whoever is made anew it follows from what the links want, as long as they want the same; of the
 * others it was kept with the plan.
 */
export async function plannedWrites<Row extends Item>(tx: Tx, run: RunRow, items: readonly Row[]): Promise<Map<Row, PlannedWrite[]>> {
  const created = await createdBy(
    tx,
    run,
    items.filter(({ operation, writes }) => operation === 'create' && writes === null),
  );
  return new Map(items.map((item) => [item, [...(item.writes ?? created.get(item) ?? [])]]));
}

async function createdBy<Row extends Item>(tx: Tx, run: RunRow, items: readonly Row[]): Promise<Map<Row, PlannedWrite[]>> {
  const link = (await linkById(tx, run.workspace_id, run.link_id))?.link;
  if (link === undefined || items.length === 0) return new Map();
  const slots = await membershipsOfSlots(
    tx,
    link.workspaceId,
    link.linkId,
    items.map(({ slot_key }) => slot_key),
  );
  const addresses = new Map(slots.map(({ slot_key, desired, desired_hash }) => [`${slot_key} ${desired_hash}`, desired?.address]));
  const into = (await linksOf(tx, link.workspaceId, 'destination_id', link.destination.connectionId)).map((one) => one.link);
  const writes = await creationsAt(tx, link, into, [...new Set([...addresses.values()].flatMap((address) => address ?? []))]);
  return new Map(
    items.map((item) => {
      const address = addresses.get(`${item.slot_key} ${item.payload_hash}`);
      const write = address === undefined ? undefined : writes.get(address);
      return [item, address === undefined || write === undefined ? [] : [plannedWrite(address, write)]];
    }),
  );
}
