import type { ContactSynced } from '@kontaktor/contracts';
import { columnArrays, unnestOf, type Tx } from '@kontaktor/persistence';
import type { MembershipAt } from '../releasing/memberships-at';
import type { PersonOutcome } from '../releasing/remote-persons';
import type { MarkChange } from './request-marks';
import { isDone, type Settled } from './settle-person';

type Outcome = Settled & { readonly synced: ContactSynced };

/** What the row of a person says of the last outcome. */
export const outcomeOfPerson = (synced: ContactSynced): PersonOutcome => ({
  outcome: synced.outcome,
  problem: isProblem(synced) ? (synced.failure?.message ?? synced.outcome) : null,
  problem_kind: isProblem(synced) ? (synced.failure?.kind ?? synced.outcome) : null,
  attempts: synced.failure?.attempts ?? 0,
  retry_at: synced.failure?.retryAt ?? null,
});

interface Told {
  readonly membership: MembershipAt;
  readonly again: boolean;
  readonly soon: boolean;
}

/**
 * What all outcomes say of each membership, in their order. One row each: a membership may be told of at several addresses at once, and an
 * UPDATE takes only one row of several for the same target.
 */
function told(outcomes: readonly Outcome[], byAddress: ReadonlyMap<string, readonly MembershipAt[]>): Map<MembershipAt, Told> {
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
  return rows;
}

const columns = {
  ...{ link_id: 'text', slot_key: 'text', outcome: 'text', leaving: 'text[]', again: 'boolean', soon: 'boolean' },
  marked: 'boolean',
};

/**
 * Outcomes onto memberships, with their marks. What failed, or ended otherwise than asked, is looked at again. The memberships are locked, so that
 * nothing else was let go meanwhile.
 */
export async function keepOutcomes(
  tx: Tx,
  workspaceId: string,
  outcomes: readonly Outcome[],
  byAddress: ReadonlyMap<string, readonly MembershipAt[]>,
  marks: readonly MarkChange[],
): Promise<void> {
  const marked = new Map(marks.map(({ membership, at }) => [membership, at !== null]));
  const rows = [...told(outcomes, byAddress)].map(([key, { membership, again, soon }]) => ({
    ...{ ...membership, again, soon, marked: marked.get(key) ?? null },
  }));
  await tx.query(
    `UPDATE memberships m SET outcome = told.outcome, recheck = m.recheck OR told.again,
       due_at = CASE WHEN told.soon THEN now() ELSE m.due_at END, leaving = told.leaving, marked = coalesce(told.marked, m.marked),
       mark_version = m.mark_version + CASE WHEN told.marked IS NULL THEN 0 ELSE 1 END
     FROM ${unnestOf(columns, 'told')} WHERE m.workspace_id = $${Object.keys(columns).length + 1} AND m.link_id = told.link_id
       AND m.slot_key = told.slot_key`,
    [...columnArrays(columns, rows), workspaceId],
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
