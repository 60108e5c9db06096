import type { ConnectionTrouble } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';

interface Row {
  readonly workspace_id: string;
  readonly connection_id: string;
  readonly suspended: string | null;
  readonly suspended_kind: string | null;
  readonly suspended_at: Date | null;
  readonly failing: boolean;
  readonly poll_due_since: Date | null;
  readonly last_webhook_at: Date | null;
}

/** How each enabled connection of this service fares, by what its reads, looks and webhooks left in the tables. */
export async function connectionTroubles(db: Queryable): Promise<ConnectionTrouble[]> {
  const rows = await db.query<Row>(
    `SELECT c.workspace_id, c.connection_id, c.suspended, c.suspended_kind, c.suspended_at,
       EXISTS (SELECT 1 FROM polls p WHERE p.workspace_id = c.workspace_id AND p.connection_id = c.connection_id AND p.attempts > 0)
         OR EXISTS (SELECT 1 FROM read_jobs j WHERE j.workspace_id = c.workspace_id AND j.connection_id = c.connection_id
           AND j.state = 'waiting' AND j.attempts > 0) AS failing,
       (SELECT min(p.due_at) FROM polls p JOIN links l ON l.workspace_id = p.workspace_id AND l.source_id = p.connection_id
         WHERE p.workspace_id = c.workspace_id AND p.connection_id = c.connection_id AND p.due_at < now() AND c.suspended IS NULL
           AND CASE p.kind WHEN 'changes' THEN l.live AND p.cursor IS NOT NULL ELSE l.diary END) AS poll_due_since,
       (SELECT max(d.received_at) FROM deliveries d
         WHERE d.workspace_id = c.workspace_id AND d.connection_id = c.connection_id) AS last_webhook_at
     FROM connections c WHERE c.enabled ORDER BY c.workspace_id, c.connection_id`,
  );
  return rows.map((row) => ({
    ...{ workspaceId: row.workspace_id, connectionId: row.connection_id, failing: row.failing, suspended: suspensionOf(row) },
    pollDueSince: row.poll_due_since?.toISOString() ?? null,
    lastWebhookAt: row.last_webhook_at?.toISOString() ?? null,
  }));
}

function suspensionOf({ suspended, suspended_kind, suspended_at }: Row): ConnectionTrouble['suspended'] {
  if (suspended === null) return null;
  return { kind: suspended_kind ?? 'credentials-rejected', cause: suspended, since: suspended_at?.toISOString() ?? null };
}
