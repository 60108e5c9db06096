import type { ContactSynced } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
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
  await tx.query(
    `UPDATE remote_persons p SET outcome = told.outcome, problem = told.problem, attempts = told.attempts, retry_at = told.retry_at, outcome_at = now()
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::timestamptz[]) AS told(id, outcome, problem, attempts, retry_at)
     WHERE p.remote_person_id = told.id`,
    [
      outcomes.map(({ person }) => person.remote_person_id),
      outcomes.map(({ synced }) => synced.outcome),
      outcomes.map(({ synced }) => (isProblem(synced) ? (synced.failure?.message ?? synced.outcome) : null)),
      outcomes.map(({ synced }) => synced.failure?.attempts ?? 0),
      outcomes.map(({ synced }) => synced.failure?.retryAt ?? null),
    ],
  );
  const rows = outcomes.flatMap((outcome) => (byAddress.get(outcome.person.address) ?? []).map((membership) => ({ outcome, membership })));
  await tx.query(
    `UPDATE memberships m SET outcome = told.outcome, recheck = m.recheck OR told.again,
       due_at = CASE WHEN told.soon THEN now() ELSE m.due_at END,
       leaving = CASE WHEN told.settled THEN array_remove(m.leaving, told.address) ELSE m.leaving END
     FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::text[], $8::boolean[])
       AS told(link_id, slot_key, outcome, again, soon, address, settled)
     WHERE m.workspace_id = $1 AND m.link_id = told.link_id AND m.slot_key = told.slot_key`,
    [
      workspaceId,
      rows.map(({ membership }) => membership.link_id),
      rows.map(({ membership }) => membership.slot_key),
      rows.map(({ outcome, membership }) => outcomeOf(outcome, membership)),
      rows.map(({ outcome }) => needsAnotherLook(outcome)),
      rows.map(({ outcome }) => isSoon(outcome)),
      rows.map(({ outcome }) => outcome.person.address),
      rows.map(({ outcome }) => isSettled(outcome)),
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
