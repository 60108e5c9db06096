import type { Database } from '@kontaktor/persistence';
import type { WorkRow } from './work-row';

const leaseSeconds = 120;

/**
 * Claims due work of one connection and kind: one worker a target, fenced by `claimed_by`. A lease that ran out is claimed anew; every
 * operation either may be repeated or reads first.
 */
export function claimWork(database: Database, claim: string, limit: number): Promise<WorkRow[]> {
  return database.query<WorkRow>(
    `WITH next AS (
       SELECT w.workspace_id, w.connection_id, w.kind FROM work w JOIN connections c USING (workspace_id, connection_id)
       WHERE w.due_at <= now() AND c.enabled AND (c.suspended IS NULL OR w.urgent) ORDER BY w.urgent DESC, w.due_at LIMIT 1),
     due AS (
       SELECT w.workspace_id, w.connection_id, w.kind, w.target FROM work w JOIN next USING (workspace_id, connection_id, kind)
       WHERE w.due_at <= now() ORDER BY w.urgent DESC, w.due_at LIMIT $2 FOR UPDATE OF w SKIP LOCKED),
     claimed AS (
       UPDATE work w SET claimed_by = $1, due_at = now() + $3 * interval '1 s' FROM due
       WHERE w.workspace_id = due.workspace_id AND w.connection_id = due.connection_id AND w.kind = due.kind AND w.target = due.target
       RETURNING w.*)
     SELECT claimed.kind, target, claimed.version::bigint, body, correlation_id, urgent, attempts,
       c.workspace_id, c.connection_id, c.version AS connection_version, c.settings, c.sealed_secrets
     FROM claimed JOIN connections c USING (workspace_id, connection_id)`,
    [claim, limit, leaseSeconds],
  );
}
