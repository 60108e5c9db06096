import { createEvent, writeRequested, type EventOrigin } from '@kontaktor/contracts';
import { payloadHash, type Combined, type LinkVersion } from '@kontaktor/domain';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { lockAddresses, type Holders } from '../identity/lock-addresses';
import { requestMarks } from '../outcomes/request-marks';
import { combinePerson } from './combine-person';
import { addressesOfMembership, chosenOf, desiresByAddress, toReleased, type Choice, type LetOut } from './let-out';
import { membershipsAt, saveReleased, type MembershipAt } from './memberships-at';
import {
  insertRemotePersons,
  lockRemotePersons,
  newRemotePerson,
  updateRemotePersons,
  type PendingWrite,
  type RemotePerson,
} from './remote-persons';
import { toRequest } from './to-request';

export interface ReleaseScope {
  readonly workspaceId: string;
  /** The connection that is written to. */
  readonly connectionId: string;
  readonly provider: string;
  /** All links into it, in order. */
  readonly links: readonly LinkVersion[];
  readonly origin: EventOrigin;
  /** The run whose plan is carried out, in which of its phases; null: between runs. */
  readonly run: { readonly runId: string; readonly phase: 'removing' | 'upserting'; readonly undoes?: boolean } | null;
}

export interface Released {
  /** How many writes were asked for. */
  readonly asked: number;
  /** Memberships that let out what was chosen. */
  readonly letOut: ReadonlySet<MembershipAt>;
}

interface Request {
  readonly person: RemotePerson;
  readonly write: PendingWrite;
  readonly urgent: boolean;
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
  const people = new Map((await lockRemotePersons(tx, workspaceId, connectionId, addresses)).map((person) => [person.address, person]));
  const linkIds = links.map(({ linkId }) => linkId);
  const memberships = await membershipsAt(tx, workspaceId, linkIds, addresses, 'FOR UPDATE');
  const wished = chosenOf(memberships, new Set(holders.keys()), choice);
  const may = scope.run?.undoes === true ? withoutSubscriptions(memberships, wished, people, links) : wished;
  const chosen = scope.run?.phase === 'upserting' ? withoutRemovals(memberships, may, people, links) : may;
  const { after, requests, quiet } = nextStates(scope, memberships, chosen, people, holders);
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
  const events = requests.map(({ person, write, urgent }) =>
    createEvent(writeRequested, scope.origin, toRequest(scope, person, write, urgent ? 'opt-out' : 'normal')),
  );
  await outbox.append(tx, writeRequested, events);
  await takeMarks(tx, outbox, scope, chosen, quiet);
  return { asked: requests.length, letOut: new Set(chosen.keys()) };
}

/** Who leaves without anything to be written there loses the mark now; the others when the removal is done. */
async function takeMarks(tx: Tx, outbox: Outbox, scope: ReleaseScope, chosen: LetOut, quiet: ReadonlySet<string>): Promise<void> {
  const changes = [...chosen].flatMap(([membership, desire]) => {
    const link = scope.links.find(({ linkId }) => linkId === membership.link_id);
    const isOut =
      desire === null && membership.marked && addressesOfMembership({ ...membership, desired: null }).every((at) => quiet.has(at));
    return isOut && link !== undefined ? [{ membership, link, at: null }] : [];
  });
  await requestMarks(tx, outbox, scope.origin, changes);
}

/** No removal after the first upsert of a run: who would have to leave now, because others let them go since the plan, waits for its end. */
function withoutRemovals(
  memberships: readonly MembershipAt[],
  chosen: LetOut,
  people: ReadonlyMap<string, RemotePerson>,
  links: readonly LinkVersion[],
): LetOut {
  const desires = desiresByAddress(memberships, chosen);
  const leaves = (address: string | null): boolean => {
    if (address === null || desires.has(address)) return false;
    return combinePerson(address, [], people.get(address), links).write !== null;
  };
  return new Map([...chosen].filter(([{ released_address }]) => !leaves(released_address)));
}

/** An undo subscribes nobody, also not because others want somebody there at the same moment. */
function withoutSubscriptions(
  memberships: readonly MembershipAt[],
  chosen: LetOut,
  people: ReadonlyMap<string, RemotePerson>,
  links: readonly LinkVersion[],
): LetOut {
  const desires = desiresByAddress(memberships, chosen);
  const subscribes = (address: string): boolean => {
    const { write } = combinePerson(address, desires.get(address) ?? [], people.get(address), links);
    return write !== null && (write.create || write.subscribe.length + write.comeBack.length > 0);
  };
  return new Map([...chosen].filter(([one, desired]) => !addressesOfMembership({ ...one, desired }).some(subscribes)));
}

function nextStates(
  scope: ReleaseScope,
  memberships: readonly MembershipAt[],
  chosen: LetOut,
  people: ReadonlyMap<string, RemotePerson>,
  holders: Holders,
): { readonly after: readonly RemotePerson[]; readonly requests: readonly Request[]; readonly quiet: ReadonlySet<string> } {
  const desires = desiresByAddress(memberships, chosen);
  const after: RemotePerson[] = [];
  const requests: Request[] = [];
  const quiet = new Set<string>();
  for (const [address, cause] of causesByAddress(chosen)) {
    const person = people.get(address) ?? newRemotePerson(address, holders.get(address)?.[0] ?? null);
    const combined = combinePerson(person.address, desires.get(address) ?? [], person, scope.links);
    // A removal that failed in its phase is not tried again in the next one.
    if (cause.leavesOnly && scope.run?.phase === 'upserting' && combined.write !== null) continue;
    const next = nextState(scope.run, person, combined, cause);
    if (next.write !== undefined) requests.push({ person: next.person, write: next.write, urgent: cause.urgent });
    else if (next.person.pending.length === 0) quiet.add(address);
    if (next.person !== person) after.push(next.person);
  }
  return { after, requests, quiet };
}

/** What is on its way is what is wanted: nothing has to be called superseded. */
const isSameWant = (a: Combined['write'], b: Combined['write']): boolean => payloadHash(a) === payloadHash(b);

interface Cause {
  readonly urgent: boolean;
  /** Link whose profile it is. */
  readonly linkId: string;
  /** It was let go before, and is looked at again because that may have failed. */
  readonly leavesOnly: boolean;
}

/** Addresses that gain or lose something, or are looked at again. */
function causesByAddress(chosen: LetOut): Map<string, Cause> {
  const causes = new Map<string, Cause>();
  for (const [membership, desire] of chosen) {
    for (const address of addressesOfMembership({ ...membership, desired: desire })) {
      const other = causes.get(address);
      const leavesOnly = address !== membership.released_address && address !== desire?.address;
      causes.set(address, {
        urgent: membership.urgent || other?.urgent === true,
        linkId: other?.linkId ?? membership.link_id,
        leavesOnly: leavesOnly && other?.leavesOnly !== false,
      });
    }
  }
  return causes;
}

function nextState(
  run: ReleaseScope['run'],
  person: RemotePerson,
  combined: Combined,
  { urgent, linkId }: Cause,
): { readonly person: RemotePerson; readonly write?: PendingWrite } {
  // Between runs one write at a time: what is on its way is called superseded by the last look, and its end looks again.
  const isOnItsWay = person.pending.some(({ parked }) => parked !== true);
  if (isOnItsWay && run === null && !urgent) {
    const stale = !isSameWant(combined.write, person.pending.at(-1)?.want ?? null);
    return { person: stale === person.stale ? person : { ...person, stale } };
  }
  if (combined.write === null) {
    const stale = person.pending.length > 0;
    return { person: stale === person.stale ? person : { ...person, stale } };
  }
  const kind = run?.phase === 'removing' ? 'remove' : combined.kind;
  const write = { version: person.version + 1, want: combined.write, runId: run?.runId ?? null, linkId, kind };
  return { person: { ...person, version: write.version, pending: [...person.pending, write], stale: false }, write };
}
