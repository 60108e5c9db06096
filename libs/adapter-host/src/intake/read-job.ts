import { readFinished, createEvent, type EventOrigin } from '@kontaktor/contracts';
import type { Queryable, Tx } from '@kontaktor/persistence';
import { connectionColumns, type ConnectionRow } from '../connections/connection-row';
import type { Host } from '../host';
import type { WholeRead } from './forget-gone';
import type { Reading } from './reading';

export interface ReadJob extends ConnectionRow {
  readonly read_id: string;
  readonly correlation_id: string;
  readonly cursor: string | null;
  readonly resend: readonly string[] | null;
  /** Of a resend: pieces that each of the named records is thought to have. */
  readonly parts: readonly string[] | null;
  readonly started_at: Date;
  readonly attempts: number;
  /** Trace context of what asked for it. */
  readonly traceparent: string | null;
  readonly enabled: boolean;
}

/** Connections with a due read that nobody is at. */
export function connectionsWithReads(db: Queryable): Promise<{ workspace_id: string; connection_id: string }[]> {
  return db.query(
    `SELECT j.workspace_id, j.connection_id FROM read_jobs j JOIN connections c USING (workspace_id, connection_id)
     LEFT JOIN leases l ON l.name = 'read ' || j.workspace_id || '/' || j.connection_id AND l.expires_at > now()
     WHERE j.state = 'waiting' AND j.due_at <= now() AND l.name IS NULL GROUP BY 1, 2 ORDER BY min(j.due_at) LIMIT 20`,
  );
}

/** The connection's next due read, begun at its first claim. */
export async function beginRead(db: Queryable, { workspace_id, connection_id }: Pick<ConnectionRow, 'workspace_id' | 'connection_id'>) {
  const [job] = await db.query<ReadJob>(
    `UPDATE read_jobs j SET started_at = coalesce(j.started_at, clock_timestamp()) FROM connections c
     WHERE c.workspace_id = j.workspace_id AND c.connection_id = j.connection_id AND j.workspace_id = $1 AND j.read_id =
       (SELECT read_id FROM read_jobs WHERE workspace_id = $1 AND connection_id = $2 AND state = 'waiting' AND due_at <= now() ORDER BY due_at LIMIT 1)
     RETURNING j.read_id, j.correlation_id, j.cursor, j.resend, j.parts, j.started_at, j.attempts, j.traceparent, c.enabled, ${connectionColumns('c')}, j.registry_epoch`,
    [workspace_id, connection_id],
  );
  return job;
}

export const originOf = (job: ReadJob): EventOrigin => ({ workspaceId: job.workspace_id, correlationId: job.correlation_id });

export function readingOf(job: ReadJob, readAt: Date, whole: readonly string[]): Reading & { readonly readId: string } {
  return {
    ...{ workspaceId: job.workspace_id, connectionId: job.connection_id, readId: job.read_id, readAt },
    ...{ registryEpoch: job.registry_epoch, origin: originOf(job), whole, isAsked: job.resend !== null },
  };
}

export const wholeReadOf = (job: ReadJob, readAt: Date, readLagMs: number): WholeRead => ({
  ...{ reading: readingOf(job, readAt, []), startedAt: job.started_at, readLagMs },
});

export interface PageResult {
  /** Where the read goes on; null: where it did before. */
  readonly cursor: string | null;
  readonly seen: number;
  readonly published: number;
  readonly shown: readonly number[];
  readonly calls: number;
}

/** Keeps where the read goes on, and what its page showed. */
export async function keepPage(tx: Tx, job: ReadJob, page: PageResult): Promise<void> {
  await tx.query(
    `WITH job AS (UPDATE read_jobs SET cursor = coalesce($3, cursor), seen = seen + $4, published = published + $5, calls = calls + $6, attempts = 0
       WHERE workspace_id = $1 AND read_id = $2)
     INSERT INTO read_pages (workspace_id, read_id, seen_nos) VALUES ($1, $2, $7)`,
    [job.workspace_id, job.read_id, page.cursor, page.seen, page.published, page.calls, page.shown],
  );
}

/** Ends the read and tells it. Answers where its last page ended. */
export async function endRead(
  host: Host,
  tx: Tx,
  job: ReadJob,
  result: { readonly published: number; readonly calls: number; readonly missing?: number; readonly problem?: string },
): Promise<string | null> {
  const [row] = await tx.query<{ seen: number; published: number; calls: number; cursor: string | null; finished_at: Date }>(
    `UPDATE read_jobs SET state = 'done', finished_at = clock_timestamp(), published = published + $3, calls = calls + $4
     WHERE workspace_id = $1 AND read_id = $2 RETURNING seen, published, calls, cursor, finished_at`,
    [job.workspace_id, job.read_id, result.published, result.calls],
  );
  if (row === undefined) throw new Error(`Read ${job.read_id} is no longer there.`);
  await tx.query('DELETE FROM read_pages WHERE workspace_id = $1 AND read_id = $2', [job.workspace_id, job.read_id]);
  const finished = {
    ...{ connectionId: job.connection_id, readId: job.read_id, complete: result.problem === undefined },
    ...{ startedAt: job.started_at.toISOString(), finishedAt: row.finished_at.toISOString() },
    ...{ seen: row.seen, published: row.published, calls: row.calls },
    ...(result.missing === undefined || result.missing === 0 ? {} : { missing: result.missing }),
    ...(result.problem === undefined ? {} : { problem: result.problem }),
  };
  await host.outbox.append(tx, readFinished, [createEvent(readFinished, originOf(job), finished)]);
  return row.cursor;
}
