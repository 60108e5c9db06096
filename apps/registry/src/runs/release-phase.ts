import { counted, type Desire, type LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { linkById, linksOf } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { keysAt, membershipsOfSlots, type MembershipAt } from '../releasing/memberships-at';
import { addressesOfMembership, type Choice } from '../releasing/let-out';
import { releasePeople, type Released } from '../releasing/release-people';
import { beginHolds, dropHolds } from '../undo/begin-holds';
import { announceProgress } from './announce-progress';
import { isCanaryWritten, itemsAtOnce, judgeCanary } from './canary';
import { moveTo } from './move-to';
import { removalHash } from './plan-items';
import type { RunRow } from './run-row';

interface Item {
  readonly slot_key: string;
  readonly operation: string;
  readonly payload_hash: string;
}

type Phase = 'removing' | 'upserting';

const patienceMs = 15 * 60 * 1000;

/** One step of a writing phase: lets out the next planned items; when all are out and every write is final or parked, the next phase begins. */
export async function releaseNext(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  const items = await nextItems(tx, run, itemsAtOnce(run));
  if (items.length > 0) {
    await releaseItems(tx, parts, run, items);
    return true;
  }
  if (run.phase_final < run.phase_total) return waitForOutcomes(tx, parts, run);
  if (run.state === 'removing') await moveTo(tx, parts, run, 'upserting');
  else if (isCanaryWritten(run)) await judgeCanary(tx, parts, run);
  else await finish(tx, parts, run);
  return true;
}

function nextItems(tx: Tx, run: RunRow, limit: number): Promise<Item[]> {
  const removing = run.state === 'removing';
  return tx.query<Item>(
    `SELECT slot_key, operation, payload_hash FROM plan_items WHERE run_id = $1 AND (operation = 'remove') = $2 AND slot_key > $3
       AND operation NOT IN ('kept', 'irreversible')
     ORDER BY slot_key LIMIT $4`,
    [run.run_id, removing, run.phase_cursor, limit],
  );
}

async function releaseItems(tx: Tx, parts: RegistryParts, run: RunRow, items: readonly Item[]): Promise<void> {
  const row = await linkById(tx, run.workspace_id, run.link_id);
  const off = row === undefined ? 'deleted' : row.link.enabled ? undefined : 'switched off';
  if (row === undefined || off !== undefined)
    return moveTo(tx, parts, run, 'cancelled', { problem: `the link was ${off} meanwhile; what was written stays` });
  const { link } = row;
  const phase: Phase = run.state === 'removing' ? 'removing' : 'upserting';
  const into = (await linksOf(tx, link.workspaceId, 'destination_id', link.destination.connectionId)).map((one) => one.link);
  const keys = items.map(({ slot_key }) => slot_key);
  if (run.mode === 'undo') await beginHolds(tx, run, row, keys);
  const slots = await membershipsOfSlots(tx, link.workspaceId, link.linkId, keys);
  const addresses = slots.flatMap(addressesOfMembership);
  const planned = await plannedAt(tx, run, addresses);
  const scope = {
    ...{ workspaceId: link.workspaceId, connectionId: link.destination.connectionId, provider: link.destination.provider, links: into },
    ...{
      origin: { workspaceId: link.workspaceId, correlationId: run.correlation_id },
      run: { runId: run.run_id, phase, undoes: run.mode === 'undo' },
    },
  };
  const released = await releasePeople(tx, parts.outbox, scope, addresses, choiceOf(link, planned, phase));
  await settleAddressless(tx, run, slots);
  await countReleased(tx, run, items, released);
  if (run.mode === 'undo') await dropHolds(tx, run, row, notOut(keys, released));
  await announceProgress(tx, parts.outbox, run.run_id);
}

function notOut(keys: readonly string[], { letOut }: Released): string[] {
  const out = new Set([...letOut].map(({ slot_key }) => slot_key));
  return keys.filter((key) => !out.has(key));
}

/** The phase's items at these addresses: those of one address are let out together, whoever's turn it is. */
async function plannedAt(tx: Tx, run: RunRow, addresses: readonly string[]): Promise<ReadonlyMap<string, Item>> {
  const items = await tx.query<Item>(
    `SELECT p.slot_key, p.operation, p.payload_hash FROM ${keysAt('$2', '$3')} AS here JOIN plan_items p ON p.run_id = $4
       AND p.slot_key = here.slot_key AND (p.operation = 'remove') = $5 AND p.operation NOT IN ('kept', 'irreversible')`,
    [run.workspace_id, [run.link_id], addresses, run.run_id, run.state === 'removing'],
  );
  return new Map(items.map((item) => [item.slot_key, item]));
}

/** What was planned, if it is still what is wanted and was not let out already; what no longer fits stays, and is due when the run ends. */
function choiceOf(link: LinkVersion, planned: ReadonlyMap<string, Item>, phase: Phase): Choice {
  return (membership: MembershipAt): Desire | null | undefined => {
    const item = membership.link_id === link.linkId ? planned.get(membership.slot_key) : undefined;
    if (item === undefined) return undefined;
    const { desired, desired_hash, released, released_hash, released_address, leaving, recheck } = membership;
    if (phase === 'removing') {
      if (released_address !== null && removalHash(membership) !== item.payload_hash) return undefined;
      return desired !== null && desired.address === released_address ? released : null;
    }
    if (desired_hash !== item.payload_hash) return undefined;
    return desired_hash !== released_hash || recheck || leaving.length > 0 ? desired : undefined;
  };
}

/** What has no address, now or before, has nothing to be looked at again. */
async function settleAddressless(tx: Tx, run: RunRow, slots: readonly MembershipAt[]): Promise<void> {
  const keys = slots.filter((one) => addressesOfMembership(one).length === 0).map(({ slot_key }) => slot_key);
  if (keys.length === 0) return;
  await tx.query(
    `UPDATE memberships SET recheck = false WHERE workspace_id = $1 AND link_id = $2 AND slot_key = ANY($3)
       AND released_address IS NULL AND leaving = '{}' AND desired IS NULL`,
    [run.workspace_id, run.link_id, keys],
  );
}

/** Parks what no longer fits. Eligible profiles among it are counted as excluded: they were changed during the run. */
async function countReleased(tx: Tx, run: RunRow, items: readonly Item[], { asked, letOut }: Released): Promise<void> {
  const out = new Set([...letOut].map(({ slot_key }) => slot_key));
  const removing = run.state === 'removing';
  const parked = await tx.query(
    `UPDATE plan_items p SET parked = true WHERE p.run_id = $1 AND p.slot_key = ANY($2) AND p.operation = ANY($3)
       AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = $4 AND m.link_id = $5 AND m.slot_key = p.slot_key
         AND CASE WHEN p.operation = 'remove' THEN m.released_address IS NULL ELSE m.released_hash = p.payload_hash END) RETURNING 1`,
    [
      ...[run.run_id, items.map(({ slot_key }) => slot_key).filter((key) => !out.has(key))],
      ...[removing ? ['remove'] : ['create', 'update', 'unchanged'], run.workspace_id, run.link_id],
    ],
  );
  await tx.query(
    'UPDATE runs SET phase_cursor = $2, phase_total = phase_total + $3, unfit = unfit + $4, progressed_at = now() WHERE run_id = $1',
    [run.run_id, items.at(-1)?.slot_key ?? '', asked, removing ? 0 : parked.length],
  );
}

async function waitForOutcomes(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  await announceProgress(tx, parts.outbox, run.run_id);
  const [clock] = await tx.query<{ idle: number }>('SELECT extract(epoch FROM now() - $1)::float8 * 1000 AS idle', [run.progressed_at]);
  if ((clock?.idle ?? 0) < patienceMs) return false;
  const open = run.phase_total - run.phase_final;
  await moveTo(tx, parts, run, 'failed', {
    problem: `${counted(open, 'write')} had no outcome for 15 minutes; what was written stays, the rest goes to the next run`,
  });
  return true;
}

async function finish(tx: Tx, parts: RegistryParts, run: RunRow): Promise<void> {
  // An undo says nothing about whether the link's version has run.
  if (run.mode !== 'undo')
    await tx.query('UPDATE links SET ready_version = $3 WHERE workspace_id = $1 AND link_id = $2 AND ready_version < $3', [
      run.workspace_id,
      run.link_id,
      run.link_version,
    ]);
  const failed =
    run.removals_failed === 0
      ? undefined
      : `${counted(run.removals_failed, 'removal')} failed and ${run.removals_failed === 1 ? 'goes' : 'go'} to the next run (see the link's failures)`;
  await moveTo(tx, parts, run, 'done', { problem: (await leftBehind(tx, run)) ?? failed });
}

/** The last run of a link has taken everything out, or says how much is left; only then can the link be deleted. */
async function leftBehind(tx: Tx, run: RunRow): Promise<string | undefined> {
  if ((await linkById(tx, run.workspace_id, run.link_id))?.link.retiring !== true) return undefined;
  const [left] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND (released IS NOT NULL OR leaving <> '{}')`,
    [run.workspace_id, run.link_id],
  );
  if (left === undefined || left.count === 0) return undefined;
  return `${counted(left.count, 'person', 'people')} could not be taken out, so the link stays; see its failures, then run it again`;
}
