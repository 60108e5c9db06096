/** Which failures are meant; what is absent narrows nothing. */
export interface FailureFilter {
  readonly linkId?: string;
  readonly connectionId?: string;
  /** Of the failure, as adapters classify: `item-rejected`. */
  readonly kind?: string;
  /** The provider's words, exactly. */
  readonly problem?: string;
  /** ISO 8601: failed then or later. */
  readonly from?: string;
  /** ISO 8601: failed before. */
  readonly to?: string;
  /** Of remote persons and diary entries. */
  readonly ids?: readonly string[];
}

/** One person who failed, in one link that carries them; or a diary entry that was refused. */
export interface FailingRow {
  readonly thing: 'state' | 'activity';
  readonly item_id: string;
  readonly connection_id: string;
  readonly link_id: string;
  readonly address: string;
  readonly outcome: string;
  readonly kind: string;
  readonly problem: string;
  readonly attempts: number;
  readonly at: Date;
  readonly retry_at: Date | null;
}

/** A link carries whoever has, had or is leaving the address in it; each look-up by its own index. */
const carried = `(EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = $1 AND m.link_id = l.link_id AND m.address = p.address)
  OR EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = $1 AND m.link_id = l.link_id AND m.released_address = p.address)
  OR EXISTS (SELECT 1 FROM memberships m WHERE m.workspace_id = $1 AND m.link_id = l.link_id AND m.leaving <> '{}' AND p.address = ANY(m.leaving)))`;

/** SQL of the failures of a workspace (`$1`) by a filter (`$2` to `$8`, see `filterParams`), as `FailingRow`. */
export const failingRows = `(SELECT * FROM (
    SELECT 'state' AS thing, p.remote_person_id::text AS item_id, p.connection_id, l.link_id, p.address, coalesce(p.outcome, 'failed') AS outcome,
      coalesce(p.problem_kind, 'unknown') AS kind, p.problem, p.attempts, date_trunc('milliseconds', p.outcome_at) AS at, p.retry_at
    FROM remote_persons p JOIN links l ON l.workspace_id = p.workspace_id AND l.destination_id = p.connection_id AND NOT l.deleted
    WHERE p.workspace_id = $1 AND p.problem IS NOT NULL AND ${carried}
    UNION ALL SELECT 'activity', a.activity_id, a.connection_id, min(l.link_id), coalesce(a.address, ''), 'failed',
      coalesce(a.problem_kind, 'unknown'), coalesce(a.problem, 'no reason given'), 1, date_trunc('milliseconds', a.recorded_at), NULL
    FROM activities a JOIN links l ON l.workspace_id = a.workspace_id AND l.source_id = a.connection_id AND NOT l.deleted
      AND ($2::text IS NULL OR l.link_id = $2)
    WHERE a.workspace_id = $1 AND a.state = 'failed' GROUP BY a.workspace_id, a.activity_id) f
  WHERE ($2::text IS NULL OR f.link_id = $2) AND ($3::text IS NULL OR f.connection_id = $3) AND ($4::text IS NULL OR f.kind = $4)
    AND ($5::text IS NULL OR f.problem = $5) AND ($6::timestamptz IS NULL OR f.at >= $6) AND ($7::timestamptz IS NULL OR f.at < $7)
    AND ($8::text[] IS NULL OR f.item_id = ANY($8)))`;

export function filterParams(workspaceId: string, filter: FailureFilter): readonly unknown[] {
  const { linkId, connectionId, kind, problem, from, to, ids } = filter;
  return [workspaceId, ...[linkId, connectionId, kind, problem, from, to, ids].map((one) => one ?? null)];
}
