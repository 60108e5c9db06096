import { consentFromStatus, normaliseAddress, type ConsentEntry, type LinkVersion, type PlaceState } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { appendConsent } from '../consent/consent-history';
import { newContactId, saveContacts, type ContactRow } from '../identity/contacts';
import type { Holders } from '../identity/lock-addresses';
import {
  insertRemotePersons,
  lockRemotePersons,
  newRemotePerson,
  updateRemotePersons,
  type RemotePerson,
} from '../releasing/remote-persons';
import type { Observation } from './observation';
import type { ReaderOf } from './own-reads';
import { isBeforeOurWrite, isFirstAfterWrite, observed } from './observe-person';
import type { ReadTally } from './read-tally';
import { otherPlaces, standsOtherwise } from './stands-otherwise';

export interface DestinationChanges {
  /** Addresses of whose consent something new was told. */
  readonly consentOf: ReadonlySet<string>;
  /** Addresses of people who stand otherwise at the destination than before. */
  readonly changed: ReadonlySet<string>;
  /**
   * Of these, who was read since our last write to them, so that others changed them. What the first reading after our own write shows is looked
   * at by the next run alone: a destination that keeps another form of what we wrote would be written to for ever.
   */
  readonly byOthers: ReadonlySet<string>;
  /** The link whose run read an address, if one did. */
  readonly readers: ReadonlyMap<string, string | undefined>;
  /** People who are new, or stand at other places. */
  readonly contactIds: readonly string[];
}

interface Scope {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** Links into this connection: their lists have a purpose, every other list counts for all. */
  readonly links: readonly LinkVersion[];
}

interface Addressed {
  readonly event: Observation;
  readonly address: string;
}

/** Keeps what stands at a destination about people, and what their statuses say of consent; under the locks of their addresses. */
export async function applyDestinationRecords(
  tx: Tx,
  scope: Scope,
  observations: readonly Observation[],
  tally: ReadTally,
  holders: Holders,
  readerOf: ReaderOf,
): Promise<DestinationChanges> {
  const addressed = observations.flatMap((event): Addressed[] => {
    const read = normaliseAddress(event.data.remoteId);
    tally.count(event, read.ok ? 'applied' : 'stale');
    return read.ok ? [{ event, address: read.address }] : [];
  });
  const addresses = addressed.map(({ address }) => address);
  const before = new Map(
    (await lockRemotePersons(tx, scope.workspaceId, scope.connectionId, addresses)).map((person) => [person.address, person]),
  );
  const after = new Map<string, RemotePerson>();
  const contacts: ContactRow[] = [];
  const entries: ConsentEntry[] = [];
  for (const { event, address } of addressed) {
    const known = after.get(address) ?? before.get(address);
    // Gone, of a person who is not known, says nothing.
    if (known === undefined && event.data.record === undefined) continue;
    const person = known ?? personOf(address, holders, contacts);
    entries.push(...consentOf(scope, person, event, address));
    after.set(address, observed(person, event));
  }
  await saveContacts(tx, scope.workspaceId, contacts, holders);
  await savePeople(tx, scope, before, [...after.values()]);
  const consentOfThem = await appendConsent(tx, scope.workspaceId, entries);
  const readers = new Map(addressed.map(({ event, address }) => [address, readerOf(event)]));
  return { consentOf: consentOfThem, readers, ...changesOf(before, after, consentOfThem) };
}

async function savePeople(tx: Tx, scope: Scope, before: ReadonlyMap<string, RemotePerson>, people: readonly RemotePerson[]): Promise<void> {
  await insertRemotePersons(
    tx,
    scope.workspaceId,
    scope.connectionId,
    people.filter(({ address }) => !before.has(address)),
  );
  await updateRemotePersons(
    tx,
    people.filter((person) => before.has(person.address) && before.get(person.address) !== person),
  );
}

function changesOf(
  before: ReadonlyMap<string, RemotePerson>,
  after: ReadonlyMap<string, RemotePerson>,
  consentOfThem: ReadonlySet<string>,
): Omit<DestinationChanges, 'consentOf' | 'readers'> {
  const changed = [...after.values()].filter((person) => standsOtherwise(before.get(person.address), person));
  const read = changed.filter(({ address }) => {
    const was = before.get(address);
    return was !== undefined && !isFirstAfterWrite(was);
  });
  const told = [...after.values()].filter((person) => consentOfThem.has(person.address) || otherPlaces(before.get(person.address), person));
  return {
    ...{ changed: new Set(changed.map(({ address }) => address)), byOthers: new Set(read.map(({ address }) => address)) },
    contactIds: told.flatMap(({ contact_id }) => contact_id ?? []),
  };
}

function personOf(address: string, holders: Holders, contacts: ContactRow[]): RemotePerson {
  const holder = holders.get(address)?.[0];
  const contactId = holder ?? holders.promised.get(address) ?? newContactId();
  if (holder === undefined) contacts.push({ contact_id: contactId, addresses: [address], former: [] });
  return newRemotePerson(address, contactId);
}

function consentOf(scope: Scope, person: RemotePerson, { data }: Observation, address: string): ConsentEntry[] {
  const unsettled = isBeforeOurWrite(person, new Date(data.readAt));
  return Object.entries(data.record?.places ?? {}).flatMap(([place, state]: [string, PlaceState]) => {
    const ours = person.pending.some(({ want }) => want.unsubscribe.includes(place) || want.delete);
    // Our own removal may just have happened: its answer, with the stamp, comes first, and a new reading after it.
    if (unsettled && (ours || (state.status === 'unsubscribed' && person.ledger[`place:${place}`]?.value === 'removed'))) return [];
    return purposesOf(scope.links, place).flatMap((purpose) => {
      const question = { address, purpose, connectionId: scope.connectionId, readAt: data.readAt };
      return consentFromStatus(person.there.places[place], state, person.ledger[`place:${place}`], question);
    });
  });
}

/** Purposes of the links that use a list; a list of no link counts for all purposes. */
function purposesOf(links: readonly LinkVersion[], place: string): string[] {
  const purposes = new Set(links.flatMap((link) => (link.place === place ? [link.purpose] : [])));
  return purposes.size === 0 ? ['*'] : [...purposes];
}
