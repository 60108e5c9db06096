import type { FailuresView } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';

interface Row {
  readonly remote_person_id: string;
  readonly connection_id: string;
  readonly link_id: string;
  readonly address: string;
  readonly outcome: string;
  readonly problem: string;
  readonly attempts: number;
  readonly outcome_at: Date;
  readonly retry_at: Date | null;
}

const failing = `FROM remote_persons p JOIN links l ON l.workspace_id = p.workspace_id AND l.destination_id = p.connection_id
  JOIN memberships m ON m.workspace_id = p.workspace_id AND m.link_id = l.link_id AND coalesce(m.released_address, m.address) = p.address
  WHERE p.workspace_id = $1 AND p.problem IS NOT NULL AND ($2::text IS NULL OR l.link_id = $2)`;

/** What failed, or waits for another try, with its cause; and how often each cause occurs. */
export async function failuresView(db: Queryable, workspaceId: string, linkId: string | undefined, limit: number): Promise<FailuresView> {
  const rows = await db.query<Row>(
    `SELECT DISTINCT ON (p.outcome_at, p.remote_person_id, l.link_id) p.remote_person_id, p.connection_id, l.link_id, p.address, p.outcome, p.problem,
       p.attempts, p.outcome_at, p.retry_at ${failing} ORDER BY p.outcome_at DESC, p.remote_person_id, l.link_id LIMIT $3`,
    [workspaceId, linkId ?? null, limit],
  );
  const causes = await db.query<{ problem: string; count: number }>(
    `SELECT p.problem, count(DISTINCT p.remote_person_id) AS count ${failing} GROUP BY 1 ORDER BY 2 DESC LIMIT 100`,
    [workspaceId, linkId ?? null],
  );
  return { failures: rows.map(toView), countsByProblem: causes };
}

function toView(row: Row): FailuresView['failures'][number] {
  return {
    ...{ remotePersonId: row.remote_person_id, connectionId: row.connection_id, linkId: row.link_id, address: row.address, kind: 'state' },
    ...{ outcome: row.outcome, problem: row.problem, attempts: row.attempts, at: row.outcome_at.toISOString() },
    retryAt: row.retry_at?.toISOString() ?? null,
  };
}
