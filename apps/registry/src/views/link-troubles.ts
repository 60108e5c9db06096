import type { LinkTrouble } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import { driftRows } from '../drift/drift-rows';
import { toDriftView } from './drift-view';

/** What of each link waits for somebody to look: people who fail, those whom the brake between runs keeps, and what drifted. */
export async function linkTroubles(db: Queryable, workspaceId: string): Promise<LinkTrouble[]> {
  const drifts = await driftRows(db, workspaceId);
  const rows = await db.query<Omit<LinkTrouble, 'drift'>>(
    `SELECT l.link_id AS "linkId",
       (SELECT count(DISTINCT p.remote_person_id)::int FROM remote_persons p JOIN memberships m ON m.workspace_id = p.workspace_id
          AND m.link_id = l.link_id AND coalesce(m.released_address, m.address) = p.address
        WHERE p.workspace_id = l.workspace_id AND p.connection_id = l.destination_id AND p.problem IS NOT NULL
          AND p.outcome IS DISTINCT FROM 'suspended') AS failing,
       CASE WHEN l.ready_version <> l.version OR r.run_id IS NOT NULL THEN NULL WHEN l.body ->> 'mode' = 'runs-only' THEN 0
         ELSE (SELECT count(*)::int FROM memberships m WHERE m.workspace_id = l.workspace_id AND m.link_id = l.link_id AND m.due_at IS NULL
           AND (m.desired_hash <> m.released_hash OR m.recheck OR m.leaving <> '{}') AND m.desired_hash <> m.released_hash
           AND m.released_address IS NOT NULL AND m.released_address IS DISTINCT FROM m.desired ->> 'address') END AS held
     FROM links l LEFT JOIN runs r ON r.workspace_id = l.workspace_id AND r.link_id = l.link_id
       AND r.state IN ('requested', 'reading', 'planning', 'awaiting-approval', 'removing', 'upserting')
     WHERE l.workspace_id = $1 AND NOT l.deleted ORDER BY l.link_id`,
    [workspaceId],
  );
  return rows.map((row) => ({ ...row, drift: drifts.filter(({ linkId }) => linkId === row.linkId).map(toDriftView) }));
}
