import { brake, type LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { takeLifted } from './brake-lifts';
import type { DueRow } from './due-memberships';
import { keepHeld } from './held-removals';

/**
 * The brake between runs: removals of the last 24 hours and all that are due together may not pass the link's limits. What it holds waits for
 * the next run, whose plan has its own brake, unless a person lifts the brake for a number of them. Opt-outs are never held.
 */
export async function incrementalBrake(
  tx: Tx,
  link: LinkVersion,
  due: readonly DueRow[],
): Promise<{ readonly held: ReadonlySet<string>; readonly problem?: string }> {
  const leaving = due.filter(({ lets_go, urgent }) => lets_go && !urgent).map(({ slot_key }) => slot_key);
  if (leaving.length === 0) return { held: new Set() };
  const scope = [link.workspaceId, link.linkId];
  // Two replicas counting at once would both pass: the link's row is locked.
  await tx.query('SELECT 1 FROM links WHERE workspace_id = $1 AND link_id = $2 FOR UPDATE', scope);
  const [counts] = await tx.query<{ lately: number; waiting: number; owned: number }>(
    `SELECT (SELECT count(*) FROM removals WHERE workspace_id = $1 AND link_id = $2 AND at > now() - interval '24 hours') AS lately,
       -- More may be due than are let out at once.
       (SELECT count(*) FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND due_at <= now() AND NOT urgent
          AND released_address IS NOT NULL AND released_address IS DISTINCT FROM desired ->> 'address') AS waiting,
       (SELECT count(*) FROM memberships WHERE workspace_id = $1 AND link_id = $2 AND released_address IS NOT NULL) AS owned`,
    scope,
  );
  const { lately, waiting, owned } = counts ?? { lately: 0, waiting: 0, owned: 0 };
  const verdict = brake({ remove: lately + Math.max(waiting, leaving.length), owned: owned + lately }, [], link.brake);
  const passing = verdict.pass ? leaving.length : await takeLifted(tx, link.workspaceId, link.linkId, leaving.length);
  const [going, held] = [leaving.slice(0, passing), leaving.slice(passing)];
  await tx.query('INSERT INTO removals (workspace_id, link_id, slot_key) SELECT $1, $2, unnest($3::text[])', [...scope, going]);
  if (verdict.pass || held.length === 0) return { held: new Set() };
  const problem = `removals between runs wait for the next run: ${verdict.reason} in 24 hours`;
  await keepHeld(tx, link.workspaceId, link.linkId, held, problem);
  return { held: new Set(held), problem };
}
