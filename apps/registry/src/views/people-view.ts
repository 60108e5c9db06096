import type { PeopleView } from '@kontaktor/contracts';
import type { Reason } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';
import { reasonView } from './reason-view';
import { isLost, outcomeNow, waitingPlan } from './waiting-plan';

const isUndone = `m.reason ->> 'code' = 'undo.held'`;

/** The three lists of a link, and who is held, with what for as the problem: by the brake between runs, until a plan is approved, until the next run, or by an undo. */
export const peopleLists = {
  'in-sync': `m.eligible AND p.problem IS NULL AND w.run_id IS NULL AND NOT ${isLost} AND m.outcome IN ('done', 'unchanged')`,
  excluded: 'NOT m.eligible AND p.problem IS NULL',
  failing: 'p.problem IS NOT NULL',
  held: `(w.run_id IS NOT NULL OR ${isLost} OR ${isUndone}
    OR h.slot_key IS NOT NULL AND m.released_address IS NOT NULL AND m.released_address IS DISTINCT FROM m.desired ->> 'address')`,
} as const;
export type PeopleList = keyof typeof peopleLists;

/** SQL, as the next; null where it does not apply. */
const forApproval = `'waits for approval of the run ' || w.run_id || ': kontaktor approve ' || w.run_id || ' --hash ' || left(w.plan_hash, 12)`;
const forNextRun = `CASE WHEN ${isLost} THEN 'is no longer shown at ' || l.destination_id || '; the next run puts it there again' END`;

const forUndo = `CASE WHEN ${isUndone} THEN 'was undone, and is held until its source record or the link is changed' END`;

interface Row {
  readonly slot_key: string;
  readonly remote_id: string;
  readonly address: string | null;
  readonly eligible: boolean;
  readonly reason: Reason;
  readonly outcome: string;
  readonly problem: string | null;
}

export async function peopleView(
  db: Queryable,
  scope: { readonly workspaceId: string; readonly linkId: string },
  list: PeopleList,
  page: { readonly after: string; readonly limit: number },
): Promise<PeopleView> {
  const rows = await db.query<Row>(
    `SELECT m.slot_key, m.remote_id, m.address, m.eligible, m.reason, ${outcomeNow} AS outcome,
       coalesce(${forApproval}, h.reason, p.problem, ${forNextRun}, ${forUndo}) AS problem FROM memberships m
     JOIN links l ON l.workspace_id = m.workspace_id AND l.link_id = m.link_id
     LEFT JOIN remote_persons p ON p.workspace_id = m.workspace_id AND p.connection_id = l.destination_id AND p.address = coalesce(m.released_address, m.address)
     LEFT JOIN held_removals h ON h.workspace_id = m.workspace_id AND h.link_id = m.link_id AND h.slot_key = m.slot_key
     LEFT JOIN ${waitingPlan} w ON true
     WHERE m.workspace_id = $1 AND m.link_id = $2 AND m.slot_key > $3 AND ${peopleLists[list]} ORDER BY m.slot_key LIMIT $4`,
    [scope.workspaceId, scope.linkId, page.after, page.limit],
  );
  const people = rows.map(({ slot_key, remote_id, reason, ...row }) => ({
    ...row,
    slotKey: slot_key,
    remoteId: remote_id,
    reason: reasonView(reason),
  }));
  return { people, next: rows.length === page.limit ? (rows.at(-1)?.slot_key ?? null) : null };
}
