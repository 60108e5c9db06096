import { randomUUID } from 'node:crypto';
import { classify } from '@kontaktor/adapter-kit';
import type { Tx } from '@kontaktor/persistence';
import { claimLeaseMs } from '../call-times';
import { inCallScope } from '../calls/call-scope';
import { ClaimLost } from '../claim-lost';
import { connectionColumns, type ConnectionRow } from '../connections/connection-row';
import type { Connections } from '../connections/connections';
import { suspendConnection } from '../connections/suspension';
import { databaseTime, type Host } from '../host';
import { whileRenewed } from '../while-renewed';
import type { Task } from '../work-loop';
import { pollOf, type PollKind } from './polls';
import { readAhead } from './read-ahead';

interface PollRow extends ConnectionRow {
  readonly kind: PollKind;
  readonly cursor: string | null;
  readonly attempts: number;
}

const longestWaitMs = 5 * 60 * 1000;

/** Looks at sources for what changed, and for new entries of their diaries, from where it looked last. */
export class PollRunner {
  private stopping = false;

  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  /** The look in hand ends after its page. */
  stop(): void {
    this.stopping = true;
  }

  readonly claim = async (): Promise<Task | undefined> => {
    const claim = randomUUID();
    const [row] = await this.host.database.query<PollRow>(
      `UPDATE polls p SET claimed_by = $1, due_at = now() + $2 * interval '1 ms' FROM connections c
       WHERE c.workspace_id = p.workspace_id AND c.connection_id = p.connection_id AND (p.workspace_id, p.connection_id, p.kind) =
         (SELECT q.workspace_id, q.connection_id, q.kind FROM polls q JOIN connections k USING (workspace_id, connection_id)
          WHERE q.due_at <= now() AND k.enabled AND k.suspended IS NULL AND (q.kind = 'activities' OR q.cursor IS NOT NULL) AND EXISTS
            (SELECT 1 FROM links l WHERE l.workspace_id = q.workspace_id AND l.source_id = q.connection_id
             AND CASE q.kind WHEN 'changes' THEN l.live ELSE l.diary END)
          ORDER BY q.due_at LIMIT 1 FOR UPDATE OF q SKIP LOCKED)
       RETURNING p.kind, p.cursor, p.attempts, ${connectionColumns('c')}`,
      [claim, claimLeaseMs],
    );
    if (row === undefined) return undefined;
    const claimed = { what: `the look at ${row.connection_id}`, renew: () => this.renew(claim, row) };
    return () => whileRenewed(claimed, this.host.logger, () => this.traced(claim, row));
  };

  private renew(claim: string, row: PollRow): Promise<unknown> {
    return this.host.database.query(
      `UPDATE polls SET due_at = now() + $5 * interval '1 ms' WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND claimed_by = $4`,
      [row.workspace_id, row.connection_id, row.kind, claim, claimLeaseMs],
    );
  }

  /** Where an edit at the provider is first seen: a trace begins here. */
  private traced(claim: string, row: PollRow): Promise<void> {
    const { tracing, adapter } = this.host;
    const attributes = { 'kontaktor.provider': adapter.name, 'kontaktor.connection': row.connection_id };
    return tracing.span({ name: `look for ${row.kind}`, causes: [], attributes }, () => this.run(claim, row));
  }

  private async run(claim: string, row: PollRow): Promise<void> {
    try {
      await inCallScope({ urgent: false, calls: 0 }, () => this.walk(claim, row));
      await this.again(claim, row, this.host.pollMs, 0);
    } catch (error) {
      if (error instanceof ClaimLost) this.host.logger.warn({ err: error }, 'polling');
      else await this.failed(claim, row, error);
    }
  }

  private async walk(claim: string, row: PollRow): Promise<void> {
    const poll = pollOf(this.host, row);
    const pages = poll.pages(this.connections.get(row), row.cursor ?? undefined);
    for await (const { page, readAt } of readAhead(pages, () => databaseTime(this.host))) {
      if (this.stopping) return;
      await this.host.database.transaction(async (tx) => {
        await this.moveCursor(tx, claim, row, page.cursor);
        await poll.keep(tx, page, readAt);
      });
    }
  }

  /** The fence, the checkpoint and the lease in one. */
  private async moveCursor(tx: Tx, claim: string, row: PollRow, cursor: string): Promise<void> {
    const held = await tx.query(
      `UPDATE polls SET cursor = coalesce(nullif($5, ''), cursor), attempts = 0, due_at = now() + $6 * interval '1 ms'
       WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND claimed_by = $4 RETURNING 1`,
      [row.workspace_id, row.connection_id, row.kind, claim, cursor, claimLeaseMs],
    );
    if (held.length === 0) throw new ClaimLost(`polling ${row.connection_id}`);
  }

  private async failed(claim: string, row: PollRow, cause: unknown): Promise<void> {
    const { kind, message, retryAfterMs } = classify(cause);
    this.host.logger.warn({ err: cause, connectionId: row.connection_id, kind: row.kind }, 'polling failed');
    if (kind === 'credentials-rejected') await suspendConnection(this.host.database, row, { kind, message });
    const wait = retryAfterMs ?? Math.min(this.host.pollMs * 2 ** (row.attempts + 1), longestWaitMs);
    await this.again(claim, row, wait, kind === 'rate-limited' ? row.attempts : row.attempts + 1);
  }

  private async again(claim: string, row: PollRow, waitMs: number, attempts: number): Promise<void> {
    await this.host.database.query(
      `UPDATE polls SET claimed_by = NULL, attempts = $5, due_at = now() + $6 * interval '1 ms'
       WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND claimed_by = $4`,
      [row.workspace_id, row.connection_id, row.kind, claim, attempts, waitMs],
    );
  }
}
