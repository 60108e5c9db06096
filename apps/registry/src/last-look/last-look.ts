import type { LastLookAnswer, LastLookRequest } from '@kontaktor/contracts';
import { gate, issueTicket, isFinal, type ConsentEntry, type GateVerdict, type LinkVersion } from '@kontaktor/domain';
import type { Database } from '@kontaktor/persistence';
import { loadConsent } from '../consent/consent-history';
import { linksOf } from '../deciding/links';
import type { PendingWrite } from '../releasing/remote-persons';
import { stoppedWorkspaces } from '../runs/stopped';

type Item = LastLookRequest['items'][number];
type Verdict = LastLookAnswer['verdicts'][number];

interface PersonRow {
  readonly remote_person_id: string;
  readonly workspace_id: string;
  readonly connection_id: string;
  readonly address: string;
  readonly pending: readonly PendingWrite[];
  readonly stale: boolean;
  /** Present and former addresses of the people whose profiles it carries. */
  readonly others: readonly string[] | null;
}

/** Whether each item may go to its provider now: asked just before the calls. Read only; one answer an item. */
export async function lastLook(database: Database, items: readonly Item[], now: string): Promise<Verdict[]> {
  const stopped = await stoppedWorkspaces(
    database,
    items.map(({ workspaceId }) => workspaceId),
  );
  const people = await loadPeople(database, items.filter(isState));
  const states = await runStates(database, items);
  const consent = await consentOf(database, [...people.values()]);
  const links = await linksInto(database, [...people.values()]);
  const lookAt = (item: Item): Verdict => {
    const person = people.get(item.remotePersonId);
    const write = person?.pending.find(({ version }) => version === item.version);
    if (person === undefined || person.workspace_id !== item.workspaceId || write === undefined)
      return { verdict: 'superseded', reason: 'the registry no longer asks for this write' };
    if (person.stale || person.pending.at(-1) !== write) return { verdict: 'superseded', reason: 'something newer is wanted' };
    const state = item.runId === undefined ? undefined : states.get(item.runId);
    if (item.runId !== undefined && (state === undefined || (isFinal(state) && state !== 'done')))
      return { verdict: 'stop', reason: `the run is ${state ?? 'unknown'}` };
    return throughGate(person, write, links.get(`${person.workspace_id} ${person.connection_id}`) ?? [], consent, now);
  };
  return items.map((item) => (waits(item, stopped) ? stoppedVerdict : isState(item) ? lookAt(item) : { verdict: 'go' }));
}

const stoppedVerdict: Verdict = { verdict: 'wait', reason: 'all writes of the workspace are stopped' };
const waits = ({ workspaceId, urgent }: Item, stopped: ReadonlySet<string>): boolean => stopped.has(workspaceId) && urgent !== true;

/** Marks and diary entries ask only whether writes are stopped. */
const isState = ({ kind = 'state' }: Item): boolean => kind === 'state';

function throughGate(
  person: PersonRow,
  { want }: PendingWrite,
  links: readonly LinkVersion[],
  consent: ReadonlyMap<string, readonly ConsentEntry[]>,
  now: string,
): Verdict {
  const places = [...want.subscribe, ...want.comeBack.map(({ place }) => place)];
  if (places.length === 0) return { verdict: 'go' };
  const history = addressesOf(person).flatMap((address) => consent.get(`${person.workspace_id} ${address}`) ?? []);
  let ticket: Verdict['ticket'];
  for (const place of places) {
    const answers = links.filter((link) => link.place === place).map((link) => ask(history, link));
    if (answers.length === 0) return { verdict: 'stop', reason: 'no link puts people on this list any more' };
    const open = answers.find(({ verdict }) => verdict.open);
    if (open === undefined) return { verdict: 'stop', reason: answers.map(reasonOf).join(', ') };
    const given = issueTicket(open.verdict, person.address, open.purpose, now);
    if (given !== undefined) ticket ??= { address: given.address, purpose: given.purpose, expiresAt: given.expiresAt };
  }
  return { verdict: 'go', ...(ticket === undefined ? {} : { ticket }) };
}

interface Answer {
  readonly purpose: string;
  readonly verdict: GateVerdict;
}

function ask(history: readonly ConsentEntry[], { purpose, legalBasis, destination }: LinkVersion): Answer {
  return { purpose, verdict: gate(history, { purpose, legalBasis, connectionId: destination.connectionId }) };
}

const reasonOf = ({ verdict }: Answer): string => (verdict.open ? '' : verdict.reason.code);

const addressesOf = ({ address, others }: PersonRow): string[] => [...new Set([address, ...(others ?? [])])];

async function loadPeople(database: Database, items: readonly Item[]): Promise<Map<string, PersonRow>> {
  const rows = await database.query<PersonRow>(
    `SELECT p.remote_person_id, p.workspace_id, p.connection_id, p.address, p.pending, p.stale,
       -- Of the same people as deciding asks: whoever had the address before is somebody else.
       (SELECT array_agg(DISTINCT one) FROM contacts c, unnest(c.addresses || c.former) AS one WHERE c.contact_id IN
          (SELECT m.contact_id FROM memberships m WHERE m.workspace_id = p.workspace_id AND m.released_address = p.address)) AS others
     FROM remote_persons p WHERE p.remote_person_id = ANY($1)`,
    [items.map(({ remotePersonId }) => remotePersonId)],
  );
  return new Map(rows.map((row) => [row.remote_person_id, row]));
}

async function runStates(database: Database, items: readonly Item[]): Promise<Map<string, Parameters<typeof isFinal>[0]>> {
  const ids = [...new Set(items.flatMap(({ runId }) => runId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await database.query<{ run_id: string; state: Parameters<typeof isFinal>[0] }>(
    'SELECT run_id, state FROM runs WHERE run_id = ANY($1)',
    [ids],
  );
  return new Map(rows.map(({ run_id, state }) => [run_id, state]));
}

async function consentOf(database: Database, people: readonly PersonRow[]): Promise<Map<string, readonly ConsentEntry[]>> {
  const found = new Map<string, readonly ConsentEntry[]>();
  for (const workspaceId of new Set(people.map(({ workspace_id }) => workspace_id))) {
    const addresses = people.filter(({ workspace_id }) => workspace_id === workspaceId).flatMap(addressesOf);
    for (const [address, entries] of await loadConsent(database, workspaceId, addresses)) found.set(`${workspaceId} ${address}`, entries);
  }
  return found;
}

async function linksInto(database: Database, people: readonly PersonRow[]): Promise<Map<string, LinkVersion[]>> {
  const found = new Map<string, LinkVersion[]>();
  for (const { workspace_id, connection_id } of people) {
    const key = `${workspace_id} ${connection_id}`;
    if (!found.has(key))
      found.set(
        key,
        (await linksOf(database, workspace_id, 'destination_id', connection_id)).map(({ link }) => link),
      );
  }
  return found;
}
