import type { Tx } from '@kontaktor/persistence';
import { decideEverywhere, type RecordOfContact } from '../deciding/decide-everywhere';
import type { LinkRow } from '../deciding/links';
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
  const rows = await tx.query<RecordOfContact>(
    `SELECT DISTINCT r.connection_id, r.remote_id FROM addresses a JOIN records r ON r.contact_id = ANY(a.contact_ids)
     WHERE a.workspace_id = $1 AND a.address = ANY($2)`,
    [workspaceId, [...changes.consentOf]],
  );
  const reading = new Set(changes.readers.values());
  await decideEverywhere(tx, rows, { workspaceId, isPlanned: (linkId) => reading.has(linkId), held });
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
