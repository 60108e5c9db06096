import type { Desire, LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { linkById, linksOf } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { membershipsOfSlots, type MembershipAt } from '../releasing/memberships-at';
import { releasePeople, type Choice, type Released } from '../releasing/release-people';
import { announceProgress } from './announce-progress';
import { moveTo } from './move-to';
import type { RunRow } from './run-row';

interface Item {
  readonly slot_key: string;
  readonly operation: string;
  readonly payload_hash: string;
}

const atOnce = 1000;
const patienceMs = 15 * 60 * 1000;

/** One step of a writing phase: lets out the next planned items; when all are out and every write is final or parked, the next phase begins. */
export async function releaseNext(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  const items = await nextItems(tx, run);
  if (items.length > 0) {
    await releaseItems(tx, parts, run, items);
    return true;
  }
  if (run.phase_final < run.phase_total) return waitForOutcomes(tx, parts, run);
  if (run.state === 'removing') await moveTo(tx, parts, run, 'upserting');
  else await finish(tx, parts, run);
  return true;
}

function nextItems(tx: Tx, run: RunRow): Promise<Item[]> {
  const removing = run.state === 'removing';
  return tx.query<Item>(
    `SELECT slot_key, operation, payload_hash FROM plan_items WHERE run_id = $1 AND (operation = 'remove') = $2 AND slot_key > $3
     ORDER BY slot_key LIMIT $4`,
    [run.run_id, removing, run.phase_cursor, atOnce],
  );
}

async function releaseItems(tx: Tx, parts: RegistryParts, run: RunRow, items: readonly Item[]): Promise<void> {
  const row = await linkById(tx, run.workspace_id, run.link_id);
  if (row === undefined) return moveTo(tx, parts, run, 'failed', { problem: 'the link was deleted meanwhile' });
  const { link } = row;
  const into = (await linksOf(tx, link.workspaceId, 'destination_id', link.destination.connectionId)).map((one) => one.link);
  const slots = await membershipsOfSlots(
    tx,
    link.workspaceId,
    link.linkId,
    items.map(({ slot_key }) => slot_key),
  );
  const planned = new Map(items.map((item) => [item.slot_key, item]));
  const scope = {
    ...{ workspaceId: link.workspaceId, connectionId: link.destination.connectionId, provider: link.destination.provider, links: into },
    ...{ origin: { workspaceId: link.workspaceId, correlationId: run.correlation_id }, runId: run.run_id },
  };
  const addresses = slots.flatMap((one) => [one.released_address ?? [], one.desired?.address ?? []].flat());
  const released = await releasePeople(tx, parts.outbox, scope, addresses, choiceOf(link, planned, run.state === 'removing'));
  await countReleased(tx, run, items, released);
  await announceProgress(tx, parts.outbox, run.run_id);
}

/** What was planned, if it is still what is wanted; what no longer fits stays, and is due when the run ends. */
function choiceOf(link: LinkVersion, planned: ReadonlyMap<string, Item>, removing: boolean): Choice {
  return (membership: MembershipAt): Desire | null | undefined => {
    const item = membership.link_id === link.linkId ? planned.get(membership.slot_key) : undefined;
    if (item === undefined) return undefined;
    if (removing) return membership.desired === null || membership.desired.address !== membership.released_address ? null : undefined;
    return membership.desired_hash === item.payload_hash ? membership.desired : undefined;
  };
}

async function countReleased(tx: Tx, run: RunRow, items: readonly Item[], { requested, silent }: Released): Promise<void> {
  const asked = requested.create + requested.update + requested.remove;
  const writes = items.filter(({ operation }) => ['create', 'update', 'remove'].includes(operation)).length;
  const quiet = new Set(silent.map(({ slot_key }) => slot_key));
  const needless = items.filter(
    ({ slot_key, operation }) => operation !== 'excluded' && operation !== 'unchanged' && quiet.has(slot_key),
  ).length;
  // Planned writes that were not asked for and did not turn out needless no longer fit.
  const unfit = run.state === 'removing' ? 0 : Math.max(0, writes - asked - needless);
  await tx.query(
    'UPDATE runs SET phase_cursor = $2, phase_total = phase_total + $3, stopped = stopped + $4, progressed_at = now() WHERE run_id = $1',
    [run.run_id, items.at(-1)?.slot_key ?? '', asked, unfit],
  );
}

async function waitForOutcomes(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  await announceProgress(tx, parts.outbox, run.run_id);
  const [clock] = await tx.query<{ idle: number }>('SELECT extract(epoch FROM now() - $1)::float8 * 1000 AS idle', [run.progressed_at]);
  if ((clock?.idle ?? 0) < patienceMs) return false;
  const open = run.phase_total - run.phase_final;
  await moveTo(tx, parts, run, 'failed', {
    problem: `${open} writes had no outcome for 15 minutes; what was written stays, the rest goes to the next run`,
  });
  return true;
}

async function finish(tx: Tx, parts: RegistryParts, run: RunRow): Promise<void> {
  await tx.query('UPDATE links SET ready_version = $3 WHERE workspace_id = $1 AND link_id = $2 AND ready_version < $3', [
    run.workspace_id,
    run.link_id,
    run.link_version,
  ]);
  const problem =
    run.removals_failed === 0 ? undefined : `${run.removals_failed} removals failed and go to the next run (see the link's failures)`;
  await moveTo(tx, parts, run, 'done', { problem });
}
