import type { PulledRecord } from '@kontaktor/adapter-kit';
import type { Tx } from '@kontaktor/persistence';
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

/**
 * What a complete read did not show: missing once is noted, missing again in a read that began after the first one ended is *gone*. Only what
 * was surely to be shown counts: known before the read began less the read lag, and not written by us within it.
 */
export async function* missingOfRead(
  tx: Tx,
  reading: Reading & { readonly readId: string },
  startedAt: Date,
  readLagMs: number,
): AsyncIterable<readonly PulledRecord[]> {
  const known = new Date(startedAt.getTime() - readLagMs);
  const missing = `s.workspace_id = $1 AND s.connection_id = $2 AND s.first_read_at < $4 AND s.read_at < $5 AND (s.not_before IS NULL OR s.not_before <= $5)
    AND NOT EXISTS (SELECT 1 FROM (SELECT unnest(seen_nos) AS seen_no FROM read_pages WHERE workspace_id = $1 AND read_id = $3) shown WHERE shown.seen_no = s.seen_no)`;
  const scope = [reading.workspaceId, reading.connectionId, reading.readId, known, startedAt];
  for (;;) {
    const gone = await tx.query<GoneRow>(
      `DELETE FROM seen WHERE ctid = ANY (ARRAY(SELECT s.ctid FROM seen s WHERE s.missing_at < $5 AND ${missing} LIMIT ${rowsPerRound}))
       RETURNING remote_id, part, grp`,
      scope,
    );
    if (gone.length > 0) yield gone.map(goneRecord);
    if (gone.length < rowsPerRound) break;
  }
  await tx.query(`UPDATE seen s SET missing_at = clock_timestamp() WHERE s.missing_at IS NULL AND ${missing}`, scope);
}
