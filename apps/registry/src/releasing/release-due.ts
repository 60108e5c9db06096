import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '@kontaktor/persistence';
import { holdErasures } from '@kontaktor/privacy';
import { linkById, linksOf, type LinkRow } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { claimDue, leaveToNextRun, postpone, settleAddressless, type DueRow } from './due-memberships';
import { incrementalBrake } from './incremental-brake';
import type { Choice } from './let-out';
import { releasePeople } from './release-people';

const atOnce = 500;

/** Lets out what is due between runs, for one link at a time. Answers whether there was any. */
export async function releaseDue(parts: RegistryParts): Promise<boolean> {
  return parts.database.transaction(async (tx) => {
    // Nobody is erased between reading who is due and asking for their writes.
    await holdErasures(tx);
    const due = await claimDue(tx, atOnce);
    const [first] = due;
    if (first === undefined) return false;
    const row = await linkById(tx, first.workspace_id, first.link_id);
    const open = due.filter(({ urgent }) => row !== undefined && (urgent || row.isOpen));
    const waiting = due.filter((one) => !open.includes(one));
    await (row?.isReady === true && !row.isPaused ? postpone(tx, waiting) : leaveToNextRun(tx, waiting));
    if (row !== undefined && open.length > 0) await traced(parts, open, () => release(tx, parts, row, open));
    return true;
  });
}

function traced(parts: RegistryParts, due: readonly DueRow[], work: () => Promise<void>): Promise<void> {
  const causes = due.map(({ traceparent }) => traceparent);
  return parts.tracing.span({ name: 'let out', causes, attributes: { 'kontaktor.items': due.length } }, work);
}

async function release(tx: Tx, { outbox, logger }: RegistryParts, { link, isOpen }: LinkRow, due: readonly DueRow[]): Promise<void> {
  const { workspaceId, linkId, destination } = link;
  const into = await linksOf(tx, workspaceId, 'destination_id', destination.connectionId);
  const { held, problem } = await incrementalBrake(tx, link, due);
  if (problem !== undefined) logger.warn({ workspaceId, linkId }, problem);
  const chosen = due.filter(({ slot_key }) => !held.has(slot_key));
  const scope = {
    ...{ workspaceId, connectionId: destination.connectionId, provider: destination.provider, run: null },
    ...{ links: into.map((one) => one.link), origin: { workspaceId, correlationId: uuidv7() } },
  };
  const addresses = chosen.flatMap((one) => one.addresses);
  const { letOut } = await releasePeople(tx, outbox, scope, addresses, choiceOf(linkId, new Set(chosen.map(slotOf)), isOpen));
  await settleAddressless(
    tx,
    chosen.filter((one) => one.addresses.length === 0),
  );
  await leaveToNextRun(
    tx,
    due.filter(({ slot_key }) => held.has(slot_key)),
  );
  const out = new Set([...letOut].map(slotOf));
  await postpone(
    tx,
    chosen.filter((one) => !out.has(one.slot_key)),
  );
}

const slotOf = ({ slot_key }: { readonly slot_key: string }): string => slot_key;

/** What is due; and who takes over one of its addresses, so that nobody leaves for the moment in between. */
function choiceOf(linkId: string, due: ReadonlySet<string>, isOpen: boolean): Choice {
  return ({ link_id, slot_key, desired, desired_hash, released_hash }) => {
    if (link_id !== linkId) return undefined;
    const takesOver = isOpen && desired !== null && desired_hash !== released_hash;
    return due.has(slot_key) || takesOver ? desired : undefined;
  };
}
