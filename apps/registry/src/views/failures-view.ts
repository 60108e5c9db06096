import type { FailuresView } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import { failingRows, filterParams, type FailingRow, type FailureFilter } from './failing-rows';

interface CauseRow {
  readonly problem: string;
  readonly kind: string;
  readonly connection_id: string;
  readonly count: number;
  readonly item_id: string;
  readonly address: string;
  readonly link_id: string;
}

const mostCauses = 100;

/** What failed, or waits for another try, newest first; and how often each cause occurs over the same filter, with the latest example. */
export async function failuresView(
  db: Queryable,
  workspaceId: string,
  filter: FailureFilter,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<FailuresView> {
  const params = filterParams(workspaceId, filter);
  const [at, ...key] = page.after?.split('|') ?? [];
  const rows = await db.query<FailingRow>(
    `SELECT * FROM ${failingRows} failing WHERE $9::timestamptz IS NULL OR (at, item_id || '|' || link_id) < ($9, $10)
     ORDER BY at DESC, item_id || '|' || link_id DESC LIMIT $11`,
    [...params, at ?? null, key.join('|'), page.limit],
  );
  const last = rows.at(-1);
  return {
    failures: rows.map(toView),
    countsByProblem: (await causes(db, params)).map(({ connection_id, link_id, item_id, address, ...cause }) => ({
      ...{ ...cause, connectionId: connection_id },
      example: { remotePersonId: item_id, linkId: link_id, address },
    })),
    next: rows.length === page.limit && last !== undefined ? `${last.at.toISOString()}|${last.item_id}|${last.link_id}` : null,
  };
}

function causes(db: Queryable, params: readonly unknown[]): Promise<CauseRow[]> {
  return db.query<CauseRow>(
    `SELECT problem, kind, connection_id, count(DISTINCT item_id)::int AS count, (array_agg(item_id ORDER BY at DESC, item_id))[1] AS item_id,
       (array_agg(address ORDER BY at DESC, item_id))[1] AS address, (array_agg(link_id ORDER BY at DESC, item_id))[1] AS link_id
     FROM ${failingRows} failing GROUP BY problem, kind, connection_id ORDER BY count DESC, problem LIMIT ${mostCauses}`,
    params,
  );
}

function toView(row: FailingRow): FailuresView['failures'][number] {
  return {
    ...{ remotePersonId: row.item_id, connectionId: row.connection_id, linkId: row.link_id, address: row.address, kind: row.thing },
    ...{ outcome: row.outcome, cause: row.kind, problem: row.problem, attempts: row.attempts, at: row.at.toISOString() },
    retryAt: row.retry_at?.toISOString() ?? null,
  };
}
