import type { ContactSynced } from '@kontaktor/contracts';
import { columnArrays, unnestOf, type Tx } from '@kontaktor/persistence';
import type { MembershipAt } from '../releasing/memberships-at';
import { isDone, type Settled } from './settle-person';

type Outcome = Settled & { readonly synced: ContactSynced };

/** Outcomes onto persons and memberships. What failed, or ended otherwise than asked, is looked at again. */
export async function keepOutcomes(
  tx: Tx,
  workspaceId: string,
  outcomes: readonly Outcome[],
  byAddress: ReadonlyMap<string, readonly MembershipAt[]>,
): Promise<void> {
  await keepOnPersons(tx, outcomes);
  await keepOnMemberships(tx, workspaceId, told(outcomes, byAddress));
}

/** Of several outcomes of one person the last one stays. */
async function keepOnPersons(tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  const last = [...new Map(outcomes.map((outcome) => [outcome.person.remote_person_id, outcome])).values()];
  await tx.query(
    `UPDATE remote_persons p SET outcome = told.outcome, problem = told.problem, problem_kind = told.kind, attempts = told.attempts, retry_at = told.retry_at, outcome_at = now()
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::text[])
       AS told(id, outcome, problem, attempts, retry_at, kind)
     WHERE p.remote_person_id = told.id`,
    [
      last.map(({ person }) => person.remote_person_id),
      last.map(({ synced }) => synced.outcome),
      last.map(({ synced }) => (isProblem(synced) ? (synced.failure?.message ?? synced.outcome) : null)),
      last.map(({ synced }) => synced.failure?.attempts ?? 0),
      last.map(({ synced }) => synced.failure?.retryAt ?? null),
      last.map(({ synced }) => (isProblem(synced) ? (synced.failure?.kind ?? synced.outcome) : null)),
    ],
  );
}

interface Told {
  readonly membership: MembershipAt;
  readonly again: boolean;
  readonly soon: boolean;
}

/**
 * What all outcomes say of each membership, in their order. One row each: a membership may be told of at several addresses at once, and an
 * UPDATE takes only one row of several for the same target.
 */
function told(outcomes: readonly Outcome[], byAddress: ReadonlyMap<string, readonly MembershipAt[]>): Told[] {
  const rows = new Map<MembershipAt, Told>();
  for (const outcome of outcomes) {
    const { address } = outcome.person;
    for (const key of byAddress.get(address) ?? []) {
      const { membership, again, soon } = rows.get(key) ?? { membership: key, again: false, soon: false };
      const leaving = isSettled(outcome) ? membership.leaving.filter((one) => one !== address) : membership.leaving;
      rows.set(key, {
        membership: { ...membership, leaving, outcome: outcomeOf(outcome, membership) },
        again: again || needsAnotherLook(outcome),
        soon: soon || isSoon(outcome),
      });
    }
  }
  return [...rows.values()];
}

const columns = { link_id: 'text', slot_key: 'text', outcome: 'text', leaving: 'text[]', again: 'boolean', soon: 'boolean' };

/** The memberships are locked, so that nothing else was let go meanwhile. */
async function keepOnMemberships(tx: Tx, workspaceId: string, rows: readonly Told[]): Promise<void> {
  await tx.query(
    `UPDATE memberships m SET outcome = told.outcome, recheck = m.recheck OR told.again,
       due_at = CASE WHEN told.soon THEN now() ELSE m.due_at END, leaving = told.leaving
     FROM ${unnestOf(columns, 'told')} WHERE m.workspace_id = $${Object.keys(columns).length + 1} AND m.link_id = told.link_id
       AND m.slot_key = told.slot_key`,
    [
      ...columnArrays(
        columns,
        rows.map(({ membership, again, soon }) => ({ ...membership, again, soon })),
      ),
      workspaceId,
    ],
  );
}

const isProblem = ({ outcome }: ContactSynced): boolean => ['failed', 'suspended', 'uncertain'].includes(outcome);

/** Done as it was wanted: who was to leave has left. */
const isSettled = ({ synced, person, write, isFinal }: Outcome): boolean =>
  isFinal && isDone(synced) && !person.stale && person.pending.length === 0 && write?.overtaken !== true;

function outcomeOf({ synced, person }: Outcome, { released, eligible, outcome, leaving, address }: MembershipAt): string {
  // Of somebody who has, and had, nothing at this address, an outcome there says nothing.
  const left = leaving.includes(person.address);
  if (left ? released !== null : released === null || address !== person.address) return outcome;
  if (isDone(synced)) return released !== null ? synced.outcome : eligible ? 'held' : person.there.known ? 'removed' : 'excluded';
  return synced.outcome === 'stopped' || synced.outcome === 'superseded' ? 'held' : synced.outcome;
}

/** Not done as asked, or something else was let out meanwhile. */
const needsAnotherLook = ({ synced, person, write, isFinal }: Outcome): boolean =>
  isFinal && (!isDone(synced) || person.stale || write?.overtaken === true);

/** At once only when the state moved on: what failed or was stopped waits for the next run, or it would go round for ever. */
const isSoon = ({ synced, person, write, isFinal }: Outcome): boolean =>
  isFinal && person.pending.length === 0 && (synced.outcome === 'superseded' || person.stale || write?.overtaken === true);
