import { consentFromStatus, observeRemote, normaliseAddress, type ConsentEntry, type PlaceState } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { appendConsent } from '../consent/consent-history';
import type { LinkRow } from '../deciding/links';
import { lockAddresses } from '../identity/lock-addresses';
import { newContactId, saveContacts, type ContactRow } from '../identity/contacts';
import {
  insertRemotePersons,
  lockRemotePersons,
  newRemotePerson,
  updateRemotePersons,
  type RemotePerson,
} from '../releasing/remote-persons';
import type { Observation } from './observation';
import type { ReadTally } from './read-tally';

export interface DestinationChanges {
  /** Addresses of whose consent something new was told. */
  readonly consentOf: ReadonlySet<string>;
  /** Addresses of people who stand otherwise at the destination than before. */
  readonly changed: ReadonlySet<string>;
  readonly contactIds: readonly string[];
}

interface Scope {
  readonly workspaceId: string;
  readonly connectionId: string;
  /** Links into this connection: their lists have a purpose, every other list counts for all. */
  readonly links: readonly LinkRow[];
}

/** Keeps what stands at a destination about people, and what their statuses say of consent. */
export async function applyDestinationRecords(
  tx: Tx,
  scope: Scope,
  observations: readonly Observation[],
  tally: ReadTally,
): Promise<DestinationChanges> {
  const addressed = observations.flatMap((event) => {
    const read = normaliseAddress(event.data.remoteId);
    tally.count(event, read.ok ? 'applied' : 'stale');
    return read.ok ? [{ event, address: read.address }] : [];
  });
  const addresses = addressed.map(({ address }) => address);
  const holders = await lockAddresses(tx, scope.workspaceId, addresses);
  const locked = await lockRemotePersons(tx, scope.workspaceId, scope.connectionId, addresses);
  const before = new Map(locked.map((person) => [person.address, person]));
  const after = new Map<string, RemotePerson>();
  const contacts: ContactRow[] = [];
  const entries: ConsentEntry[] = [];
  for (const { event, address } of addressed) {
    const person = after.get(address) ?? before.get(address) ?? personOf(address, holders.get(address), contacts);
    entries.push(...consentOf(scope, person, event, address));
    after.set(address, observed(person, event));
  }
  await saveContacts(tx, scope.workspaceId, contacts);
  const people = [...after.values()];
  await insertRemotePersons(
    tx,
    scope.workspaceId,
    scope.connectionId,
    people.filter(({ address }) => !before.has(address)),
  );
  const changed = people.filter((person) => before.has(person.address) && before.get(person.address) !== person);
  await updateRemotePersons(tx, changed);
  const consent = await appendConsent(tx, scope.workspaceId, entries);
  const touched = people.filter(
    ({ address }) => !before.has(address) || changed.some((one) => one.address === address) || consent.has(address),
  );
  return {
    consentOf: consent,
    changed: new Set(changed.filter((person) => standsOtherwise(person, before.get(person.address))).map(({ address }) => address)),
    contactIds: touched.flatMap(({ contact_id }) => contact_id ?? []),
  };
}

function personOf(address: string, holders: readonly string[] | undefined, contacts: ContactRow[]): RemotePerson {
  const contactId = holders?.[0] ?? newContactId();
  if (holders?.[0] === undefined) contacts.push({ contact_id: contactId, addresses: [address], former: [] });
  return newRemotePerson(address, contactId);
}

/** While a write of ours is on its way, or before its reading lag is over, a reading may show the state from before it. */
function isBeforeOurWrite(person: RemotePerson, readAt: Date): boolean {
  return person.pending.length > 0 || (person.written_at !== null && readAt <= person.written_at);
}

function observed(person: RemotePerson, { data }: Observation): RemotePerson {
  const readAt = new Date(data.readAt);
  if (isBeforeOurWrite(person, readAt) || (person.read_at !== null && readAt < person.read_at && !isPart(data.part))) return person;
  const { there, ledger } = observeRemote(person, data.presence === 'gone' ? undefined : data.record, data.covers);
  const same = ledger === person.ledger && JSON.stringify(there) === JSON.stringify(person.there);
  return same ? person : { ...person, there, ledger, remote_id: data.remoteId, read_at: readAt };
}

/** Pieces of one record are read at different times; each says only what it covers. */
const isPart = (part: string): boolean => part !== '';

function consentOf(scope: Scope, person: RemotePerson, { data }: Observation, address: string): ConsentEntry[] {
  const unsettled = isBeforeOurWrite(person, new Date(data.readAt));
  return Object.entries(data.record?.places ?? {}).flatMap(([place, state]: [string, PlaceState]) => {
    const ours = person.pending.some(({ want }) => want.unsubscribe.includes(place) || want.delete);
    // Our own removal may just have happened: its answer, with the stamp, comes first, and a new reading after it.
    if (unsettled && (ours || (state.status === 'unsubscribed' && person.ledger[`place:${place}`]?.value === 'removed'))) return [];
    const purpose = scope.links.find(({ link }) => link.place === place)?.link.purpose ?? '*';
    const question = { address, purpose, connectionId: scope.connectionId, readAt: data.readAt };
    return consentFromStatus(person.there.places[place], state, person.ledger[`place:${place}`], question);
  });
}

const standsOtherwise = (person: RemotePerson, before: RemotePerson | undefined): boolean =>
  before === undefined || JSON.stringify(person.there) !== JSON.stringify(before.there) || person.ledger !== before.ledger;
