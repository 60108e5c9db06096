import { causedBy, type EventOrigin } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { releaseParked } from '../activities/release-parked';
import { decideRecords } from '../deciding/decide-records';
import { linksOf, type LinkRow } from '../deciding/links';
import { announceContacts } from '../identity/announce-contacts';
import type { RegistryParts } from '../registry-parts';
import { applyDestinationRecords, type DestinationChanges } from './apply-destination-records';
import { applySourceRecords } from './apply-source-records';
import { byConnection, type Observation, type ScopedObservations } from './observation';
import { ReadTally } from './read-tally';

/** Takes observations in: who is who, what stands where, consent, and what should be; all in the caller's transaction. */
export async function applyObservations(tx: Tx, parts: RegistryParts, events: readonly Observation[]): Promise<void> {
  const tally = new ReadTally();
  for (const scope of byConnection(events)) await applyScope(tx, parts, scope, tally);
  await tally.keep(tx);
  tx.afterCommit(parts.nudgeDue);
  tx.afterCommit(parts.nudgeRuns);
}

async function applyScope(tx: Tx, parts: RegistryParts, scope: ScopedObservations, tally: ReadTally): Promise<void> {
  const { workspaceId, connectionId, observations } = scope;
  const asSource = await linksOf(tx, workspaceId, 'source_id', connectionId);
  const asDestination = await linksOf(tx, workspaceId, 'destination_id', connectionId);
  const contactIds: string[] = [];
  // A connection can be both ends of links; then each observation is taken in as both, and counted once.
  if (asSource.length > 0 || asDestination.length === 0) {
    const applied = await applySourceRecords(tx, scope, observations, tally);
    await decideRecords(tx, { workspaceId, connectionId, remoteIds: applied.remoteIds, links: asSource });
    await releaseParked(tx, parts.outbox, originOf(observations), { workspaceId, connectionId, remoteIds: applied.remoteIds });
    contactIds.push(...applied.contactIds);
  }
  if (asDestination.length > 0) {
    const counted = asSource.length > 0 ? new ReadTally() : tally;
    const changes = await applyDestinationRecords(tx, { workspaceId, connectionId, links: asDestination }, observations, counted);
    await decideAgain(tx, scope, asDestination, changes);
    contactIds.push(...changes.contactIds);
  }
  await announceContacts(tx, parts.outbox, originOf(observations), contactIds);
}

function originOf(observations: readonly Observation[]): EventOrigin {
  const [first] = observations;
  return first === undefined ? { workspaceId: '' } : causedBy(first);
}

/** New consent is decided anew for everyone with the address; who stands otherwise than before is looked at by the next plan, or at once. */
async function decideAgain(
  tx: Tx,
  { workspaceId }: ScopedObservations,
  into: readonly LinkRow[],
  changes: DestinationChanges,
): Promise<void> {
  await lookAgain(tx, workspaceId, into, changes.changed);
  if (changes.consentOf.size === 0) return;
  const rows = await tx.query<{ connection_id: string; remote_id: string }>(
    `SELECT DISTINCT m.connection_id, m.remote_id FROM memberships m
     WHERE m.workspace_id = $1 AND (m.address = ANY($2) OR m.contact_id IN
       (SELECT unnest(contact_ids) FROM addresses WHERE workspace_id = $1 AND address = ANY($2)))`,
    [workspaceId, [...changes.consentOf]],
  );
  for (const source of new Set(rows.map(({ connection_id }) => connection_id))) {
    const remoteIds = rows.filter(({ connection_id }) => connection_id === source).map(({ remote_id }) => remote_id);
    // Consent told by one destination counts for every link of the person, whatever its destination.
    await decideRecords(tx, { workspaceId, connectionId: source, remoteIds, links: await linksOf(tx, workspaceId, 'source_id', source) });
  }
}

async function lookAgain(tx: Tx, workspaceId: string, into: readonly LinkRow[], addresses: ReadonlySet<string>): Promise<void> {
  if (addresses.size === 0) return;
  const nowIds = into.filter(({ releasesNow }) => releasesNow).map(({ link }) => link.linkId);
  await tx.query(
    `UPDATE memberships SET recheck = true, due_at = CASE WHEN link_id = ANY($4) THEN now() ELSE due_at END
     WHERE workspace_id = $1 AND link_id = ANY($2) AND released_address = ANY($3)`,
    [workspaceId, into.map(({ link }) => link.linkId), [...addresses], nowIds],
  );
}
