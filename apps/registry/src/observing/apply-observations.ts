import { causedBy, type EventOrigin } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { releaseParked } from '../activities/release-parked';
import { decideEverywhere, type RecordOfContact } from '../deciding/decide-everywhere';
import { decideRecords } from '../deciding/decide-records';
import { linksOf } from '../deciding/links';
import { addressesOf } from '../deciding/working-set';
import { partErased, type Names } from '../privacy/erased-people';
import { noteNews } from '../identity/contact-news';
import { Holders, withdrawPromises } from '../identity/lock-addresses';
import type { RegistryParts } from '../registry-parts';
import { applyDestinationRecords } from './apply-destination-records';
import { applySourceRecords, type SourceChanges } from './apply-source-records';
import { lockAddressesOf } from './lock-addresses-of';
import { lookAgain } from './look-again';
import { readersOf } from './own-reads';
import { byConnection, type Observation, type ScopedObservations } from './observation';
import { ReadTally } from './read-tally';

/** Takes observations in: who is who, what stands where, consent, and what should be; all in the caller's transaction. */
export async function applyObservations(tx: Tx, parts: RegistryParts, observed: readonly Observation[]): Promise<void> {
  const tally = new ReadTally();
  const { kept: events, erased } = await partErased(tx, parts.personKey, observed, namesOf);
  for (const event of erased) tally.count(event, 'suppressed');
  const scopes = byConnection(events);
  const held = await lockAddressesOf(tx, scopes);
  for (const scope of scopes) await applyScope(tx, parts, scope, tally, held.get(scope.workspaceId) ?? new Holders());
  for (const [workspaceId, holders] of held) await withdrawPromises(tx, workspaceId, holders);
  await tally.keep(tx);
  tx.afterCommit(parts.nudgeDue);
  tx.afterCommit(parts.nudgeRuns);
  tx.afterCommit(parts.nudgeNews);
}

const namesOf = ({ workspaceId, data: { connectionId, remoteId, record } }: Observation): Names => ({
  ...{ workspaceId, connectionId, remoteId },
  addresses: record === undefined ? [] : addressesOf(record),
});

/**
 * A connection can be both ends of links; then each observation is taken in as both, and counted once. So it is when no link is known yet: an
 * opt-out that comes before its link must not be lost.
 */
async function applyScope(tx: Tx, parts: RegistryParts, scope: ScopedObservations, tally: ReadTally, held: Holders): Promise<void> {
  const { workspaceId, connectionId, observations } = scope;
  const asSource = await linksOf(tx, workspaceId, 'source_id', connectionId);
  const asDestination = await linksOf(tx, workspaceId, 'destination_id', connectionId);
  const contactIds: string[] = [];
  const readerOf = await readersOf(tx, observations);
  const isSource = asSource.length > 0 || asDestination.length === 0;
  if (isSource) {
    const applied = await applySourceRecords(tx, scope, observations, tally, held);
    const readers = new Map(observations.map((event) => [event.data.remoteId, readerOf(event)]));
    const isPlanned = (linkId: string, remoteId: string): boolean => readers.get(remoteId) === linkId;
    const question = { workspaceId, connectionId, remoteIds: applied.remoteIds, links: asSource, isPlanned, held: new Set(held.keys()) };
    await decideRecords(tx, { ...question, given: applied.given });
    await decideOtherRecords(tx, scope, applied, (linkId) => observations.some((event) => readerOf(event) === linkId), question.held);
    await releaseParked(tx, parts.outbox, originOf(observations), { workspaceId, connectionId, remoteIds: applied.remoteIds });
    contactIds.push(...applied.contactIds);
  }
  if (asDestination.length > 0 || asSource.length === 0) {
    const counted = isSource ? new ReadTally() : tally;
    const destination = { workspaceId, connectionId, links: asDestination.map(({ link }) => link) };
    const changes = await applyDestinationRecords(tx, destination, observations, counted, held, readerOf);
    await lookAgain(tx, workspaceId, asDestination, changes, new Set(held.keys()));
    contactIds.push(...changes.contactIds);
  }
  await noteNews(tx, originOf(observations), contactIds);
}

/** A contact with another address has the consent of that address too: its records at other connections are decided anew. */
async function decideOtherRecords(
  tx: Tx,
  { workspaceId, connectionId }: ScopedObservations,
  { readdressed }: SourceChanges,
  isPlanned: (linkId: string) => boolean,
  held: ReadonlySet<string>,
): Promise<void> {
  if (readdressed.length === 0) return;
  const others = await tx.query<RecordOfContact>(
    'SELECT connection_id, remote_id FROM records WHERE workspace_id = $1 AND connection_id <> $2 AND contact_id = ANY($3)',
    [workspaceId, connectionId, readdressed],
  );
  await decideEverywhere(tx, others, { workspaceId, isPlanned, held });
}

function originOf(observations: readonly Observation[]): EventOrigin {
  const [first] = observations;
  return first === undefined ? { workspaceId: '' } : causedBy(first);
}
