import type { ErasureReceipt } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';

interface Row {
  readonly erasure_id: string;
  readonly subject: string;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly lifted_at: Date | null;
  readonly lifted_by: string | null;
}

type Place = ErasureReceipt['places'][number];

interface PlaceRow {
  readonly erasure_id: string;
  readonly place: string;
  readonly state: Place['state'];
  readonly note: Place['note'];
  readonly removed: Record<string, number>;
  readonly done_at: Date | null;
  readonly expires_at: Date | null;
}

/** Newest first. */
export async function erasureReceipts(db: Queryable, workspaceId: string, limit: number): Promise<ErasureReceipt[]> {
  const rows = await db.query<Row>('SELECT * FROM erasures WHERE workspace_id = $1 ORDER BY asked_at DESC, erasure_id DESC LIMIT $2', [
    workspaceId,
    limit,
  ]);
  return receiptsOf(db, rows);
}

export async function erasureReceiptOf(db: Queryable, workspaceId: string, erasureId: string): Promise<ErasureReceipt | undefined> {
  const rows = await db.query<Row>('SELECT * FROM erasures WHERE workspace_id = $1 AND erasure_id::text = $2', [workspaceId, erasureId]);
  return (await receiptsOf(db, rows))[0];
}

async function receiptsOf(db: Queryable, rows: readonly Row[]): Promise<ErasureReceipt[]> {
  const places = await db.query<PlaceRow>(
    `SELECT erasure_id, place, state, note, removed, done_at, expires_at FROM erasure_places WHERE erasure_id = ANY($1)
     ORDER BY CASE place WHEN 'registry' THEN 0 WHEN 'topics' THEN 2 WHEN 'backups' THEN 3 ELSE 1 END, place, item`,
    [rows.map(({ erasure_id }) => erasure_id)],
  );
  return rows.map((row) => {
    const own = places.filter(({ erasure_id }) => erasure_id === row.erasure_id);
    return {
      ...{ erasureId: row.erasure_id, subject: row.subject, askedBy: row.asked_by, askedAt: row.asked_at.toISOString() },
      ...{ liftedAt: row.lifted_at?.toISOString() ?? null, liftedBy: row.lifted_by },
      finished: own.every(({ state }) => state !== 'pending'),
      places: own.map(({ place, state, note, removed, done_at, expires_at }) => ({
        ...{ place, state, note, removed, doneAt: done_at?.toISOString() ?? null, expiresAt: expires_at?.toISOString() ?? null },
      })),
    };
  });
}
