import type { Tx } from '@kontaktor/persistence';
import { decideRecords } from '../deciding/decide-records';
import { linksOf, type LinkRow } from '../deciding/links';
import { keysAt } from '../releasing/memberships-at';
import type { DestinationChanges } from './apply-destination-records';

/** New consent is decided anew for everyone with the address; who stands otherwise than before is looked at by the next plan, or at once. */
export async function lookAgain(
  tx: Tx,
  workspaceId: string,
  into: readonly LinkRow[],
  changes: DestinationChanges,
  held: ReadonlySet<string>,
): Promise<void> {
  await markForRecheck(tx, workspaceId, into, changes);
  if (changes.consentOf.size === 0) return;
  const rows = await tx.query<{ connection_id: string; remote_id: string }>(
    `SELECT DISTINCT r.connection_id, r.remote_id FROM addresses a JOIN records r ON r.contact_id = ANY(a.contact_ids)
     WHERE a.workspace_id = $1 AND a.address = ANY($2)`,
    [workspaceId, [...changes.consentOf]],
  );
  for (const source of new Set(rows.map(({ connection_id }) => connection_id))) {
    const remoteIds = rows.filter(({ connection_id }) => connection_id === source).map(({ remote_id }) => remote_id);
    // Consent told by one destination counts for every link of the person, whatever its destination.
    const links = await linksOf(tx, workspaceId, 'source_id', source);
    const reading = new Set(changes.readers.values());
    const isPlanned = (linkId: string): boolean => reading.has(linkId);
    await decideRecords(tx, { workspaceId, connectionId: source, remoteIds, links, isPlanned, held });
  }
}

async function markForRecheck(tx: Tx, workspaceId: string, into: readonly LinkRow[], changes: DestinationChanges): Promise<void> {
  if (changes.changed.size === 0) return;
  const soon = into.flatMap(({ link: { linkId }, letsOut }) =>
    letsOut
      ? [...changes.byOthers].filter((address) => changes.readers.get(address) !== linkId).map((address) => ({ linkId, address }))
      : [],
  );
  await tx.query(
    `UPDATE memberships m SET recheck = true, due_at = CASE WHEN EXISTS (SELECT FROM unnest($4::text[], $5::text[]) AS soon(link_id, address)
       WHERE soon.link_id = m.link_id AND (soon.address = m.released_address OR soon.address = ANY(m.leaving))) THEN now() ELSE m.due_at END
     WHERE workspace_id = $1 AND (link_id, slot_key) IN ${keysAt('$2', '$3')} AND (released_address IS NOT NULL OR leaving <> '{}')`,
    [
      ...[workspaceId, into.map(({ link }) => link.linkId), [...changes.changed]],
      ...[soon.map(({ linkId }) => linkId), soon.map(({ address }) => address)],
    ],
  );
}
