import type { PulledRecord } from '@kontaktor/adapter-kit';
import type { Queryable, Tx } from '@kontaktor/persistence';
import type { Reading } from './reading';

interface GoneRow {
  readonly remote_id: string;
  readonly part: string;
  readonly grp: string | null;
}

/** A record that is no longer there: all that its part could show is covered. */
export const goneRecord = ({ remote_id, part, grp }: GoneRow): PulledRecord => ({
  ...{ remoteId: remote_id, part, presence: 'gone', covers: part === '' ? [] : [`place:${part}`] },
  ...(grp === null ? {} : { group: grp }),
});

/** What the reading lacks of the groups and ids that it shows whole. What it may not show yet is left alone. */
export async function missingOfWhole(tx: Tx, reading: Reading, shown: readonly number[]): Promise<PulledRecord[]> {
  if (reading.whole.length === 0) return [];
  const rows = await tx.query<GoneRow>(
    `SELECT remote_id, part, grp FROM seen WHERE workspace_id = $1 AND connection_id = $2 AND (grp = ANY($3) OR remote_id = ANY($3))
       AND seen_no <> ALL($4::bigint[]) AND read_at <= $5 AND (not_before IS NULL OR not_before <= $5)`,
    [reading.workspaceId, reading.connectionId, reading.whole, shown, reading.readAt],
  );
  return rows.map(goneRecord);
}

/** Forgets what is gone; only what was known counts, so that *gone* is published once. */
export async function forget(tx: Tx, reading: Reading, records: readonly PulledRecord[]): Promise<PulledRecord[]> {
  if (records.length === 0) return [];
  const known = await tx.query<GoneRow>(
    `DELETE FROM seen USING unnest($3::text[], $4::text[]) AS gone(id, piece)
     WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = gone.id AND part = gone.piece AND read_at <= $5 RETURNING remote_id, part, grp`,
    [
      ...[reading.workspaceId, reading.connectionId, records.map(({ remoteId }) => remoteId)],
      records.map(({ part }) => part),
      reading.readAt,
    ],
  );
  return known.map(goneRecord);
}

const rowsPerRound = 5000;

/** A complete read, once all its pages are kept. */
export interface WholeRead {
  readonly reading: Reading & { readonly readId: string };
  readonly startedAt: Date;
  readonly readLagMs: number;
}

/**
 * SQL of what a complete read did not show, of `seen AS s`. Only what was surely to be shown counts: known before the read began less the read
 * lag, and not written by us within it.
 */
const missing = `s.workspace_id = $1 AND s.connection_id = $2 AND s.first_read_at < $4 AND s.read_at < $5 AND (s.not_before IS NULL OR s.not_before <= $5)
  AND NOT EXISTS (SELECT 1 FROM (SELECT unnest(seen_nos) AS seen_no FROM read_pages WHERE workspace_id = $1 AND read_id = $3) shown WHERE shown.seen_no = s.seen_no)`;

const scopeOf = ({ reading, startedAt, readLagMs }: WholeRead): readonly unknown[] => [
  ...[reading.workspaceId, reading.connectionId, reading.readId, new Date(startedAt.getTime() - readLagMs), startedAt],
];

/** What `pull.get` takes for those whom a complete read did not show, at most so many. */
export async function missingTargets(db: Queryable, read: WholeRead, most: number): Promise<string[]> {
  const rows = await db.query<{ target: string }>(
    `SELECT DISTINCT coalesce(s.grp, s.remote_id) AS target FROM seen s WHERE ${missing} ORDER BY 1 LIMIT $6`,
    [...scopeOf(read), most],
  );
  return rows.map(({ target }) => target);
}

/** What a complete read did not show, and another one that ended before it began did not either: it is *gone*. */
export async function* missedTwice(tx: Tx, read: WholeRead): AsyncIterable<readonly PulledRecord[]> {
  const scope = scopeOf(read);
  for (;;) {
    const gone = await tx.query<GoneRow>(
      `DELETE FROM seen WHERE ctid = ANY (ARRAY(SELECT s.ctid FROM seen s WHERE s.missing_at < $5 AND ${missing} LIMIT ${rowsPerRound}))
       RETURNING remote_id, part, grp`,
      scope,
    );
    if (gone.length > 0) yield gone.map(goneRecord);
    if (gone.length < rowsPerRound) break;
  }
}

/** Notes what a complete read did not show and nobody decided of. Answers how many records. */
export async function noteMissing(tx: Tx, read: WholeRead): Promise<number> {
  const rows = await tx.query(
    `UPDATE seen s SET missing_at = coalesce(s.missing_at, clock_timestamp()) WHERE ${missing} RETURNING 1`,
    scopeOf(read),
  );
  return rows.length;
}
