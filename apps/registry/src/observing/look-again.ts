import type { Tx } from '@kontaktor/persistence';
import { decideRecords } from '../deciding/decide-records';
import { linksOf, type LinkRow } from '../deciding/links';
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
    await decideRecords(tx, { workspaceId, connectionId: source, remoteIds, links, live: new Set(), held });
  }
}

async function markForRecheck(tx: Tx, workspaceId: string, into: readonly LinkRow[], changes: DestinationChanges): Promise<void> {
  if (changes.changed.size === 0) return;
  const idsOf = (lets: readonly LinkRow['lets'][]): string[] =>
    into.filter((row) => lets.includes(row.lets)).map(({ link }) => link.linkId);
  await tx.query(
    `UPDATE memberships SET recheck = true, due_at = CASE
       WHEN link_id = ANY($4) AND coalesce(released_address, leaving_address) = ANY($6) THEN now()
       WHEN link_id = ANY($5) AND coalesce(released_address, leaving_address) = ANY($7) THEN now() ELSE due_at END
     WHERE workspace_id = $1 AND link_id = ANY($2) AND (released_address = ANY($3) OR leaving_address = ANY($3))`,
    [
      ...[workspaceId, into.map(({ link }) => link.linkId), [...changes.changed], idsOf(['all']), idsOf(['live'])],
      ...[[...changes.byOthers], [...changes.live]],
    ],
  );
}
