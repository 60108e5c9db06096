import { createEvent, writeRequested, type EventOrigin, type StateWriteRequested } from '@kontaktor/contracts';
import type { Desire, LinkVersion } from '@kontaktor/domain';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { lockAddresses } from '../identity/lock-addresses';
import { combinePerson } from './combine-person';
import { membershipsAt, saveReleased, type MembershipAt, type ReleasedRow } from './memberships-at';
import {
  insertRemotePersons,
  lockRemotePersons,
  newRemotePerson,
  updateRemotePersons,
  type PendingWrite,
  type RemotePerson,
} from './remote-persons';

export interface ReleaseScope {
  readonly workspaceId: string;
  /** The connection that is written to. */
  readonly connectionId: string;
  readonly provider: string;
  /** All links into it, in order. */
  readonly links: readonly LinkVersion[];
  readonly origin: EventOrigin;
  readonly runId: string | null;
}

/** What a membership lets out: its desire, or nothing. `undefined`: it stays as it is. */
export type Choice = (membership: MembershipAt) => Desire | null | undefined;

export interface Released {
  /** Writes asked for, by kind. */
  readonly requested: Readonly<Record<PendingWrite['kind'], number>>;
  /** Memberships that were let out and need no write. */
  readonly silent: readonly MembershipAt[];
}

/**
 * Lets out what `choice` says for the memberships at these addresses, joins what all links let out for each person, and asks for the writes
 * that are needed. Addresses, persons and memberships are locked here, in this order.
 */
export async function releasePeople(
  tx: Tx,
  outbox: Outbox,
  scope: ReleaseScope,
  addresses: readonly string[],
  choice: Choice,
): Promise<Released> {
  const { workspaceId, connectionId, links } = scope;
  const holders = await lockAddresses(tx, workspaceId, addresses);
  const locked = await lockRemotePersons(tx, workspaceId, connectionId, addresses);
  const linkIds = links.map(({ linkId }) => linkId);
  const memberships = await membershipsAt(tx, workspaceId, linkIds, addresses, 'FOR UPDATE');
  const chosen = new Map<MembershipAt, Desire | null>();
  for (const membership of memberships) {
    const desire = choice(membership);
    if (desire !== undefined) chosen.set(membership, desire);
  }
  const people = new Map(locked.map((person) => [person.address, person]));
  const wanted = desiresByAddress(memberships, chosen);
  const after: RemotePerson[] = [];
  const requests: { readonly person: RemotePerson; readonly write: PendingWrite; readonly urgent: boolean }[] = [];
  const quiet = new Set<string>();
  for (const address of affected(chosen)) {
    const person = people.get(address) ?? newRemotePerson(address, holders.get(address)?.[0] ?? null);
    const here = memberships.filter((one) => one.address === address || one.released_address === address);
    const urgent = here.some((one) => one.urgent);
    const next = nextState(scope, person, wanted.get(address) ?? [], here, urgent);
    if (next.write === undefined) quiet.add(address);
    else requests.push({ person: next.person, write: next.write, urgent });
    if (next.person !== person || (!people.has(address) && next.write !== undefined)) after.push(next.person);
  }
  await insertRemotePersons(
    tx,
    workspaceId,
    connectionId,
    after.filter(({ address }) => !people.has(address)),
  );
  await updateRemotePersons(
    tx,
    after.filter(({ address }) => people.has(address)),
  );
  await saveReleased(
    tx,
    workspaceId,
    [...chosen].map(([membership, desire]) => toReleased(membership, desire, quiet)),
  );
  await askFor(tx, outbox, scope, requests);
  return summary(requests, chosen, quiet);
}

/** Addresses that gain or lose something. */
function affected(chosen: ReadonlyMap<MembershipAt, Desire | null>): ReadonlySet<string> {
  return new Set([...chosen].flatMap(([{ released_address }, desire]) => [released_address ?? [], desire?.address ?? []].flat()));
}

function desiresByAddress(memberships: readonly MembershipAt[], chosen: ReadonlyMap<MembershipAt, Desire | null>): Map<string, Desire[]> {
  const desires = new Map<string, Desire[]>();
  for (const membership of memberships) {
    const desire = chosen.has(membership) ? chosen.get(membership) : membership.released;
    if (desire === null || desire === undefined) continue;
    const list = desires.get(desire.address);
    if (list === undefined) desires.set(desire.address, [desire]);
    else list.push(desire);
  }
  return desires;
}

function nextState(
  scope: ReleaseScope,
  person: RemotePerson,
  desires: readonly Desire[],
  here: readonly MembershipAt[],
  urgent: boolean,
): { readonly person: RemotePerson; readonly write?: PendingWrite } {
  const combined = combinePerson(person.address, desires, person, scope.links);
  // Between runs one write at a time: what is pending is called superseded by the last look, and its end looks again.
  if (person.pending.length > 0 && scope.runId === null && !urgent) return { person: { ...person, stale: true } };
  if (combined.write === null) {
    const stale = person.pending.length > 0;
    return { person: stale === person.stale ? person : { ...person, stale } };
  }
  const linkId = here[0]?.link_id ?? '';
  const write = { version: person.version + 1, want: combined.write, runId: scope.runId, linkId, kind: combined.kind };
  return { person: { ...person, version: write.version, pending: [...person.pending, write], stale: false }, write };
}

function toReleased(membership: MembershipAt, desire: Desire | null, quiet: ReadonlySet<string>): ReleasedRow {
  const address = desire?.address ?? membership.released_address;
  const settled = desire === null ? (membership.eligible ? 'held' : 'excluded') : 'unchanged';
  return {
    ...{ link_id: membership.link_id, slot_key: membership.slot_key, released: desire, released_address: desire?.address ?? null },
    released_hash: desire === null ? '' : membership.desired_hash,
    outcome: address === null || quiet.has(address) ? settled : 'held',
  };
}

async function askFor(
  tx: Tx,
  outbox: Outbox,
  scope: ReleaseScope,
  requests: readonly { readonly person: RemotePerson; readonly write: PendingWrite; readonly urgent: boolean }[],
): Promise<void> {
  const events = requests.map(({ person, write, urgent }) =>
    createEvent(writeRequested, scope.origin, toRequest(scope, person, write, urgent ? 'opt-out' : 'normal')),
  );
  await outbox.append(tx, writeRequested, events);
}

/** The request for a pending write, with what is known to stand there, so that the adapter can choose the right call. */
export function toRequest(
  scope: Pick<ReleaseScope, 'connectionId' | 'provider'>,
  person: RemotePerson,
  { want, version, runId, linkId }: PendingWrite,
  priority: StateWriteRequested['priority'],
): StateWriteRequested {
  const { there } = person;
  const places = Object.fromEntries(Object.entries(there.places).map(([place, { status }]) => [place, status]));
  return {
    ...{
      kind: 'state',
      connectionId: scope.connectionId,
      provider: scope.provider,
      remotePersonId: person.remote_person_id,
      version,
      priority,
    },
    ...(runId === null ? {} : { runId }),
    ...{ linkId, remoteId: person.remote_id, address: person.address, there: { known: there.known, tags: [...there.tags], places } },
    want: {
      ...{ create: want.create, subscribe: [...want.subscribe], comeBack: [...want.comeBack], unsubscribe: [...want.unsubscribe] },
      ...{ addTags: [...want.addTags], removeTags: [...want.removeTags], fields: toWireFields(want.fields), delete: want.delete },
    },
  };
}

const toWireFields = (fields: Desire['fields']): StateWriteRequested['want']['fields'] =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'object' && value !== null ? [...value] : value]),
  );

function summary(
  requests: readonly { readonly write: PendingWrite }[],
  chosen: ReadonlyMap<MembershipAt, Desire | null>,
  quiet: ReadonlySet<string>,
): Released {
  const requested = { create: 0, update: 0, remove: 0 };
  for (const { write } of requests) requested[write.kind] += 1;
  const isSilent = ([{ released_address }, desire]: [MembershipAt, Desire | null]): boolean =>
    [released_address, desire?.address ?? null].every((address) => address === null || quiet.has(address));
  return { requested, silent: [...chosen].filter(isSilent).map(([membership]) => membership) };
}
