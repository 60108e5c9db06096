import { v7 as uuidv7 } from 'uuid';
import type { Tx } from '@kontaktor/persistence';
import { linkById, linksOf, type LinkRow } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { incrementalBrake } from './incremental-brake';
import { releasePeople, type Choice } from './release-people';

interface DueRow {
  readonly workspace_id: string;
  readonly link_id: string;
  readonly slot_key: string;
  readonly urgent: boolean;
  readonly addresses: readonly string[];
}

const atOnce = 500;

/** Lets out what is due between runs, for one link at a time. Answers whether there was any. */
export async function releaseDue({ database, outbox, logger }: RegistryParts): Promise<boolean> {
  return database.transaction(async (tx) => {
    const due = await claimDue(tx);
    const [first] = due;
    if (first === undefined) return false;
    const row = await linkById(tx, first.workspace_id, first.link_id);
    const slots = due.filter((one) => row !== undefined && (one.urgent || isOpen(row)));
    await postpone(
      tx,
      due.filter((one) => !slots.includes(one)),
      row,
    );
    if (row === undefined || slots.length === 0) return true;
    const { link } = row;
    const into = await linksOf(tx, link.workspaceId, 'destination_id', link.destination.connectionId);
    const held = await incrementalBrake(tx, link, slots);
    if (held.problem !== undefined) logger.warn({ workspaceId: link.workspaceId, linkId: link.linkId }, held.problem);
    const chosen = new Set(slots.filter(({ slot_key }) => !held.slots.has(slot_key)).map(({ slot_key }) => slot_key));
    const choice: Choice = (membership) =>
      membership.link_id === link.linkId && chosen.has(membership.slot_key) ? membership.desired : undefined;
    const scope = {
      ...{ workspaceId: link.workspaceId, connectionId: link.destination.connectionId, provider: link.destination.provider },
      ...{ links: into.map((one) => one.link), origin: { workspaceId: link.workspaceId, correlationId: uuidv7() }, runId: null },
    };
    await releasePeople(
      tx,
      outbox,
      scope,
      slots.flatMap(({ addresses }) => addresses),
      choice,
    );
    await clearDue(tx, slots);
    return true;
  });
}

const isOpen = ({ releasesNow, held }: LinkRow): boolean => releasesNow && !held;

async function claimDue(tx: Tx): Promise<DueRow[]> {
  return tx.query<DueRow>(
    `WITH next AS (SELECT workspace_id, link_id FROM memberships WHERE due_at <= now() ORDER BY urgent DESC, due_at LIMIT 1)
     SELECT m.workspace_id, m.link_id, m.slot_key, m.urgent,
       array_remove(ARRAY[m.released_address, m.desired ->> 'address'], NULL) AS addresses
     FROM memberships m JOIN next USING (workspace_id, link_id) WHERE m.due_at <= now() ORDER BY m.urgent DESC, m.due_at LIMIT $1`,
    [atOnce],
  );
}

/** A run that writes makes them due again at its end; a link without a finished run of its version leaves them to its first plan. */
async function postpone(tx: Tx, rows: readonly DueRow[], link: LinkRow | undefined): Promise<void> {
  if (rows.length === 0) return;
  await setDue(tx, rows, link?.held === true ? "now() + interval '1 second'" : 'NULL');
}

/** What was let out is no longer due already; what was due for nothing (no address) is not due either. */
const clearDue = (tx: Tx, rows: readonly DueRow[]): Promise<void> => setDue(tx, rows, 'NULL');

async function setDue(tx: Tx, rows: readonly DueRow[], when: 'NULL' | "now() + interval '1 second'"): Promise<void> {
  await tx.query(
    `UPDATE memberships m SET due_at = ${when} FROM unnest($1::text[], $2::text[], $3::text[]) AS due(workspace_id, link_id, slot_key)
     WHERE m.workspace_id = due.workspace_id AND m.link_id = due.link_id AND m.slot_key = due.slot_key AND m.due_at <= now()`,
    [rows.map(({ workspace_id }) => workspace_id), rows.map(({ link_id }) => link_id), rows.map(({ slot_key }) => slot_key)],
  );
}
