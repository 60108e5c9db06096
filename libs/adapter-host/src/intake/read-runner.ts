import { classify } from '@kontaktor/adapter-kit';
import { createEvent, readFinished, type EventOrigin } from '@kontaktor/contracts';
import type { ConnectionRow, Connections } from '../connections/open-connection';
import type { Host } from '../host';
import { publishDifferences, publishMissing, type Reading } from './publish-differences';

interface JobRow extends ConnectionRow {
  readonly read_id: string;
  readonly correlation_id: string;
  readonly cursor: string | null;
  readonly resend: string[] | null;
  readonly started_at: Date | null;
  readonly attempts: number;
}

const mostAttempts = 5;

/** Walks the pages of a full read, a transaction a page, going on from the last page after a crash. */
export class ReadRunner {
  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  /** Runs one due job. Answers whether there was one. */
  async runOne(): Promise<boolean> {
    const { database } = this.host;
    const [job] = await database.query<JobRow>(
      `UPDATE read_jobs j SET started_at = coalesce(j.started_at, now()), due_at = now() + interval '2 minutes'
       FROM connections c WHERE c.workspace_id = j.workspace_id AND c.connection_id = j.connection_id AND j.read_id =
         (SELECT read_id FROM read_jobs WHERE state = 'waiting' AND due_at <= now() AND EXISTS
            (SELECT 1 FROM connections k WHERE k.workspace_id = read_jobs.workspace_id AND k.connection_id = read_jobs.connection_id)
          ORDER BY due_at FOR UPDATE SKIP LOCKED LIMIT 1)
       RETURNING j.read_id, j.correlation_id, j.cursor, j.resend, j.started_at, j.attempts,
         c.workspace_id, c.connection_id, c.version AS connection_version, c.settings, c.sealed_secrets`,
    );
    if (job === undefined) return false;
    try {
      await this.walk(job);
    } catch (error) {
      await this.failed(job, error);
    }
    return true;
  }

  private async walk(job: JobRow): Promise<void> {
    const { database, adapter } = this.host;
    const open = this.connections.get(job);
    let before = open.calls();
    let readAt = await this.now();
    const pages =
      job.resend === null ? adapter.pull.records(open.context, job.cursor ?? undefined) : resendPages(this.host, open.context, job.resend);
    for await (const page of pages) {
      const reading = this.readingOf(job, readAt, page.groups);
      const calls = open.calls();
      await database.transaction(async (tx) => {
        const published = await publishDifferences(tx, this.host.outbox, reading, page.records);
        await tx.query(
          `UPDATE read_jobs SET cursor = $2, seen = seen + $3, published = published + $4, calls = calls + $5, due_at = now() + interval '2 minutes' WHERE read_id = $1`,
          [job.read_id, page.cursor, page.records.length, published, calls - before],
        );
      });
      before = calls;
      readAt = await this.now();
    }
    await this.finish(job, readAt);
  }

  private async finish(job: JobRow, readAt: Date): Promise<void> {
    await this.host.database.transaction(async (tx) => {
      const gone =
        job.resend === null ? await publishMissing(tx, this.host.outbox, this.readingOf(job, readAt), job.started_at ?? readAt) : 0;
      const [row] = await tx.query<{ seen: number; published: number; calls: number; cursor: string | null }>(
        `UPDATE read_jobs SET state = 'done', published = published + $2 WHERE read_id = $1 AND state = 'waiting' RETURNING seen, published, calls, cursor`,
        [job.read_id, gone],
      );
      if (row === undefined) return;
      // Polling goes on where a full read of the change list ended.
      const cursorColumn = this.host.adapter.pull.changes === undefined ? 'poll_cursor' : '$3';
      await tx.query(
        `UPDATE connections SET poll_cursor = ${cursorColumn}, suspended = NULL WHERE workspace_id = $1 AND connection_id = $2 AND $3::text IS NOT DISTINCT FROM $3`,
        [job.workspace_id, job.connection_id, row.cursor],
      );
      const finished = { complete: true, seen: row.seen, published: row.published, calls: row.calls };
      await this.announce(tx, job, readAt, finished);
    });
  }

  private async failed(job: JobRow, cause: unknown): Promise<void> {
    const { kind, message, retryAfterMs } = classify(cause);
    const hopeless = kind === 'credentials-rejected' || kind === 'schema-drift' || job.attempts + 1 >= mostAttempts;
    this.host.onError(cause, `read of ${job.connection_id}`);
    await this.host.database.transaction(async (tx) => {
      if (!hopeless) {
        const wait = retryAfterMs ?? 1000 * 4 ** job.attempts;
        await tx.query(`UPDATE read_jobs SET attempts = attempts + $3, due_at = now() + $2 * interval '1 ms' WHERE read_id = $1`, [
          job.read_id,
          wait,
          kind === 'rate-limited' ? 0 : 1,
        ]);
        return;
      }
      const [row] = await tx.query<{ seen: number; published: number; calls: number }>(
        `UPDATE read_jobs SET state = 'done' WHERE read_id = $1 RETURNING seen, published, calls`,
        [job.read_id],
      );
      if (kind === 'credentials-rejected')
        await tx.query('UPDATE connections SET suspended = $3 WHERE workspace_id = $1 AND connection_id = $2', [
          job.workspace_id,
          job.connection_id,
          message,
        ]);
      if (row !== undefined) await this.announce(tx, job, new Date(), { complete: false, problem: message, ...row });
    });
  }

  private announce(
    tx: Parameters<typeof publishMissing>[0],
    job: JobRow,
    at: Date,
    result: { complete: boolean; problem?: string; seen: number; published: number; calls: number },
  ) {
    const data = {
      connectionId: job.connection_id,
      readId: job.read_id,
      startedAt: (job.started_at ?? at).toISOString(),
      finishedAt: at.toISOString(),
      ...result,
    };
    return this.host.outbox.append(tx, readFinished, [createEvent(readFinished, originOf(job), data)]);
  }

  private readingOf(job: JobRow, readAt: Date, groups?: readonly string[]): Reading {
    return {
      connectionId: job.connection_id,
      readId: job.read_id,
      isFullRead: true,
      readAt,
      origin: originOf(job),
      ...(groups === undefined ? {} : { groups }),
    };
  }

  private async now(): Promise<Date> {
    const [row] = await this.host.database.query<{ now: Date }>('SELECT now()');
    return row?.now ?? new Date();
  }
}

const originOf = (job: { workspace_id: string; correlation_id: string }): EventOrigin => ({
  workspaceId: job.workspace_id,
  correlationId: job.correlation_id,
});

async function* resendPages(host: Host, context: Parameters<Host['adapter']['pull']['get']>[0], ids: readonly string[]) {
  for (const id of ids) yield { records: await host.adapter.pull.get(context, id), cursor: id, groups: undefined };
}
