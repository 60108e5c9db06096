import type { ContactSynced, EventOf, EventOrigin } from '@kontaktor/contracts';
import type { ConsentEntry, LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { appendConsent } from '../consent/consent-history';
import { linksOf } from '../deciding/links';
import { noteNews } from '../identity/contact-news';
import type { RegistryParts } from '../registry-parts';
import { membershipsAt, type MembershipAt } from '../releasing/memberships-at';
import { lockRemotePersonsById, updateToldPersons, type RemotePerson } from '../releasing/remote-persons';
import { keepChanges } from '../undo/keep-changes';
import { countInRuns } from './count-in-runs';
import { keepOutcomes, outcomeOfPerson } from './keep-outcomes';
import { readAgain } from './read-again';
import { askForMarks, type MarkChange } from './request-marks';
import { settle, type Settled } from './settle-person';

type Synced = EventOf<ContactSynced>;
interface Outcome extends Settled {
  readonly synced: ContactSynced;
  /** When it was done; `synced.at` lies later, by the provider's read lag. */
  readonly toldAt: string;
}

/** Settles writes: what was done is agreed and ours, what failed is listed; in one transaction with the marks and the run's counts. */
export async function applyStateOutcomes(tx: Tx, parts: RegistryParts, events: readonly Synced[], origin: EventOrigin): Promise<void> {
  const locked = await lockRemotePersonsById(tx, [...new Set(events.map(({ data }) => data.remotePersonId))]);
  const people = new Map<string, RemotePerson>(locked.map((person) => [person.remote_person_id, person]));
  const outcomes = events.flatMap(({ data, occurredAt }): Outcome[] => {
    const person = people.get(data.remotePersonId);
    if (person === undefined) return [];
    const settled = settle(person, data);
    people.set(data.remotePersonId, settled.person);
    return settled.write === undefined ? [] : [{ ...settled, synced: data, toldAt: occurredAt }];
  });
  const changed = new Map(outcomes.map(({ person }) => [person.remote_person_id, people.get(person.remote_person_id) ?? person]));
  const settled = [...changed.values()].filter(({ pending, unread }) => unread && pending.length === 0);
  for (const person of settled) changed.set(person.remote_person_id, { ...person, unread: false });
  // Of several outcomes of one person the last one stays.
  const last = new Map(outcomes.map(({ person, synced }) => [person.remote_person_id, outcomeOfPerson(synced)]));
  await updateToldPersons(
    tx,
    [...changed.values()].flatMap((person) => {
      const outcome = last.get(person.remote_person_id);
      return outcome === undefined ? [] : [{ ...person, ...outcome }];
    }),
  );
  await readAgain(
    tx,
    parts.outbox,
    origin,
    locked.filter(({ remote_person_id }) => settled.some((person) => person.remote_person_id === remote_person_id)),
  );
  for (const connectionId of new Set(outcomes.map(({ synced }) => synced.connectionId))) {
    const some = outcomes.filter(({ synced }) => synced.connectionId === connectionId);
    await follow(tx, parts, origin, connectionId, some);
  }
  const places = outcomes.filter(({ write, synced }) => synced.outcome === 'done' && write?.kind !== 'update');
  await noteNews(
    tx,
    origin,
    places.flatMap(({ person }) => person.contact_id ?? []),
  );
  await countInRuns(tx, outcomes, events);
}

/** What follows for the memberships at one connection: outcome, consent that was used, marks. */
async function follow(
  tx: Tx,
  parts: RegistryParts,
  origin: EventOrigin,
  connectionId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  const links = (await linksOf(tx, origin.workspaceId, 'destination_id', connectionId)).map(({ link }) => link);
  const addresses = outcomes.map(({ person }) => person.address);
  const linkIds = links.map(({ linkId }) => linkId);
  const memberships = await membershipsAt(tx, origin.workspaceId, linkIds, addresses, 'FOR UPDATE');
  const byAddress = new Map<string, MembershipAt[]>();
  for (const membership of memberships)
    for (const address of new Set([membership.address, membership.released_address, ...membership.leaving]))
      if (address !== null) byAddress.set(address, [...(byAddress.get(address) ?? []), membership]);
  const marks = outcomes.flatMap((outcome) => markChanges(outcome, byAddress.get(outcome.person.address) ?? [], links));
  await keepChanges(tx, outcomes, byAddress);
  await keepOutcomes(tx, origin.workspaceId, outcomes, byAddress, marks);
  await appendConsent(
    tx,
    origin.workspaceId,
    outcomes.flatMap((outcome) => basisUsed(outcome, links)),
  );
  await askForMarks(tx, parts.outbox, origin, marks);
}

/** That we subscribed a person, on what basis, is evidence. Without a stated basis, it was an act of their own, which stands in the history. */
function basisUsed({ write, synced, person, toldAt }: Outcome, links: readonly LinkVersion[]): ConsentEntry[] {
  if (synced.outcome !== 'done' || write === undefined) return [];
  return write.want.subscribe.flatMap((place) => {
    const link = links.find((one) => one.place === place);
    if (link === undefined) return [];
    const { purpose, legalBasis, name, linkId } = link;
    const basis =
      legalBasis === undefined
        ? ({ kind: 'subscribed-by-us', evidence: 'an act of their own' } as const)
        : ({ kind: 'legal-basis', evidence: legalBasis } as const);
    return [{ address: person.address, purpose, ...basis, from: toldAt, to: toldAt, where: linkId, how: `subscribed by the link ${name}` }];
  });
}

function markChanges(
  { synced, isFinal, write, person, toldAt }: Outcome,
  memberships: readonly MembershipAt[],
  links: readonly LinkVersion[],
): MarkChange[] {
  if (!isFinal || synced.outcome !== 'done' || write === undefined) return [];
  return memberships.flatMap((membership): MarkChange[] => {
    const link = links.find(({ linkId }) => linkId === membership.link_id);
    if (link === undefined || !link.mark) return [];
    if (membership.released !== null) return membership.released_address === person.address ? [{ membership, link, at: toldAt }] : [];
    return membership.marked && membership.leaving.includes(person.address) ? [{ membership, link, at: null }] : [];
  });
}
