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
  const entries = await refusedEntries(db, workspaceId, linkId, limit);
  const failures = [...rows.map(toView), ...entries].sort((a, b) => b.at.localeCompare(a.at)).slice(0, limit);
  return { failures, countsByProblem: [...causes, ...(await causesOfEntries(db, workspaceId, linkId))] };
}

const refused = `FROM activities a JOIN links l ON l.workspace_id = a.workspace_id AND l.source_id = a.connection_id AND NOT l.deleted
  WHERE a.workspace_id = $1 AND a.state = 'failed' AND ($2::text IS NULL OR l.link_id = $2)`;

interface EntryRow {
  readonly activity_id: string;
  readonly connection_id: string;
  readonly link_id: string;
  readonly address: string | null;
  readonly problem: string | null;
  readonly recorded_at: Date;
}

/** Diary entries that the source refused; their id is the activity's. */
async function refusedEntries(
  db: Queryable,
  workspaceId: string,
  linkId: string | undefined,
  limit: number,
): Promise<FailuresView['failures']> {
  const rows = await db.query<EntryRow>(
    `SELECT DISTINCT ON (a.recorded_at, a.activity_id) a.activity_id, a.connection_id, l.link_id, a.address, a.problem, a.recorded_at
     ${refused} ORDER BY a.recorded_at DESC, a.activity_id, l.link_id LIMIT $3`,
    [workspaceId, linkId ?? null, limit],
  );
  return rows.map((row) => ({
    ...{
      remotePersonId: row.activity_id,
      connectionId: row.connection_id,
      linkId: row.link_id,
      address: row.address ?? '',
      kind: 'activity',
    },
    ...{ outcome: 'failed', problem: row.problem ?? 'no reason given', attempts: 1, at: row.recorded_at.toISOString(), retryAt: null },
  }));
}

function causesOfEntries(db: Queryable, workspaceId: string, linkId: string | undefined): Promise<FailuresView['countsByProblem']> {
  return db.query(
    `SELECT coalesce(a.problem, 'no reason given') AS problem, count(DISTINCT a.activity_id) AS count ${refused} GROUP BY 1 ORDER BY 2 DESC LIMIT 100`,
    [workspaceId, linkId ?? null],
  );
}

function toView(row: Row): FailuresView['failures'][number] {
  return {
    ...{ remotePersonId: row.remote_person_id, connectionId: row.connection_id, linkId: row.link_id, address: row.address, kind: 'state' },
    ...{ outcome: row.outcome, problem: row.problem, attempts: row.attempts, at: row.outcome_at.toISOString() },
    retryAt: row.retry_at?.toISOString() ?? null,
  };
}
