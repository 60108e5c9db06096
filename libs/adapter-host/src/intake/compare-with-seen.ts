import type { PulledRecord } from '@kontaktor/adapter-kit';
import { columnArrays, unnestOf, type Tx } from '@kontaktor/persistence';
import { hashRecord } from './hash-record';
import type { Reading } from './reading';

/** A record of a reading beside what was seen of it last. */
export interface Compared {
  readonly record: PulledRecord;
  readonly hash: string;
  /** Absent: never seen. */
  readonly seenNo?: number;
  /** `older`: a newer reading is known; `early`: the reading may not show our last write yet. */
  readonly verdict: 'new' | 'changed' | 'unchanged' | 'reappeared' | 'older' | 'early';
  /** When a reading surely shows our last write. */
  readonly notBefore?: Date;
}

interface SeenRow {
  readonly remote_id: string;
  readonly part: string;
  readonly seen_no: number;
  readonly hash: string;
  readonly is_older: boolean;
  readonly missing: boolean;
  readonly not_before: Date | null;
}

const columns = { remote_id: 'text', part: 'text' };
export const keyOf = (remoteId: string, part: string): string => JSON.stringify([remoteId, part]);

/** Compares records with the hashes seen last; writes nothing. */
export async function compareWithSeen(tx: Tx, reading: Reading, records: readonly PulledRecord[]): Promise<readonly Compared[]> {
  if (records.length === 0) return [];
  const keys = records.map(({ remoteId, part }) => ({ remote_id: remoteId, part }));
  const rows = await tx.query<SeenRow>(
    `SELECT s.remote_id, s.part, s.seen_no, s.hash, s.read_at > $5 AS is_older, s.missing_at IS NOT NULL AS missing,
       CASE WHEN s.not_before > $5 THEN s.not_before END AS not_before
     FROM ${unnestOf(columns)} JOIN seen s ON s.workspace_id = $3 AND s.connection_id = $4 AND s.remote_id = rows.remote_id AND s.part = rows.part`,
    [...columnArrays(columns, keys), reading.workspaceId, reading.connectionId, reading.readAt],
  );
  const seen = new Map(rows.map((row) => [keyOf(row.remote_id, row.part), row]));
  return records.map((record) => compare(record, hashRecord(record, reading.registryEpoch), seen.get(keyOf(record.remoteId, record.part))));
}

function compare(record: PulledRecord, hash: string, row: SeenRow | undefined): Compared {
  if (row === undefined) return { record, hash, verdict: 'new' };
  const known = { record, hash, seenNo: row.seen_no };
  if (row.not_before !== null) return { ...known, verdict: 'early', notBefore: row.not_before };
  if (row.is_older) return { ...known, verdict: 'older' };
  if (row.hash !== hash) return { ...known, verdict: 'changed' };
  return { ...known, verdict: row.missing ? 'reappeared' : 'unchanged' };
}
