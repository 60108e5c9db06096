import { randomUUID } from 'node:crypto';
import { classify, type PulledRecord } from '@kontaktor/adapter-kit';
import { claimLeaseMs, longestCallMs } from '../call-times';
import { inCallScope } from '../calls/call-scope';
import { ClaimLost } from '../claim-lost';
import { connectionColumns, type ConnectionRow } from '../connections/connection-row';
import type { Connections } from '../connections/connections';
import { databaseTime, type Host } from '../host';
import { whileRenewed } from '../while-renewed';
import type { Task } from '../work-loop';
import { publishDifferences } from './publish-differences';

interface RereadRow extends ConnectionRow {
  readonly target: string;
  readonly wish: number;
  readonly attempts: number;
  readonly traceparent: string | null;
}

const rowsPerClaim = 50;

/** Looks again at single records: what a webhook hinted at, and what was read before our last write surely showed. */
export class RereadRunner {
  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  readonly claim = async (): Promise<Task | undefined> => {
    const claim = randomUUID();
    const rows = await this.host.database.query<RereadRow>(
      `WITH next AS (
         SELECT r.workspace_id, r.connection_id FROM rereads r JOIN connections c USING (workspace_id, connection_id)
         WHERE r.due_at <= now() AND c.enabled AND c.suspended IS NULL ORDER BY r.due_at LIMIT 1),
       due AS (
         SELECT r.workspace_id, r.connection_id, r.target FROM rereads r JOIN next USING (workspace_id, connection_id)
         WHERE r.due_at <= now() ORDER BY r.due_at LIMIT $2 FOR UPDATE OF r SKIP LOCKED),
       claimed AS (
         UPDATE rereads r SET claimed_by = $1, due_at = now() + $3 * interval '1 ms' FROM due
         WHERE r.workspace_id = due.workspace_id AND r.connection_id = due.connection_id AND r.target = due.target RETURNING r.*)
       SELECT r.target, r.wish, r.attempts, r.traceparent, ${connectionColumns('c')} FROM claimed r JOIN connections c USING (workspace_id, connection_id)`,
      [claim, rowsPerClaim, claimLeaseMs],
    );
    if (rows.length === 0) return undefined;
    const claimed = { what: 'records to look at again', renew: () => this.renew(claim) };
    return () => whileRenewed(claimed, this.host.logger, () => this.look(claim, rows));
  };

  /** A row that is being settled just now is skipped: waiting for it, in whatever order, could end in a circle. */
  private renew(claim: string): Promise<unknown> {
    return this.host.database.query(
      `WITH held AS (SELECT workspace_id, connection_id, target FROM rereads WHERE claimed_by = $1 FOR UPDATE SKIP LOCKED)
       UPDATE rereads r SET due_at = now() + $2 * interval '1 ms' FROM held
       WHERE r.workspace_id = held.workspace_id AND r.connection_id = held.connection_id AND r.target = held.target`,
      [claim, claimLeaseMs],
    );
  }

  private async look(claim: string, rows: readonly RereadRow[]): Promise<void> {
    const deadline = performance.now() + longestCallMs;
    await inCallScope({ urgent: false, calls: 0, deadline }, async () => {
      const readAt = await databaseTime(this.host);
      await Promise.all(
        rows.map((row) => {
          const settings = { name: 'look again', causes: [row.traceparent], attributes: { 'kontaktor.provider': this.host.adapter.name } };
          return this.host.tracing.span(settings, () => this.lookAt(claim, row, readAt));
        }),
      );
    });
  }

  private async lookAt(claim: string, row: RereadRow, readAt: Date): Promise<void> {
    try {
      const records = await this.host.adapter.pull.get(this.connections.get(row), row.target);
      await this.keep(claim, row, readAt, records);
    } catch (error) {
      if (error instanceof ClaimLost) this.host.logger.warn({ err: error }, 'reread');
      else await this.later(claim, row, error);
    }
  }

  private async keep(claim: string, row: RereadRow, readAt: Date, records: readonly PulledRecord[]): Promise<void> {
    const { workspace_id: workspaceId, connection_id: connectionId, target } = row;
    await this.host.database.transaction(async (tx) => {
      const held = await tx.query(
        `WITH held AS (SELECT wish FROM rereads WHERE workspace_id = $1 AND connection_id = $2 AND target = $3 AND claimed_by = $4 FOR UPDATE),
         gone AS (DELETE FROM rereads USING held WHERE workspace_id = $1 AND connection_id = $2 AND target = $3 AND held.wish = $5),
         again AS (UPDATE rereads SET claimed_by = NULL, attempts = 0, due_at = now() FROM held
           WHERE workspace_id = $1 AND connection_id = $2 AND target = $3 AND held.wish <> $5)
         SELECT 1 FROM held`,
        [workspaceId, connectionId, target, claim, row.wish],
      );
      if (held.length === 0) throw new ClaimLost(`the look at a record of ${connectionId}`);
      const place = { workspaceId, connectionId, readAt, registryEpoch: row.registry_epoch, origin: { workspaceId } };
      await publishDifferences(this.host, tx, { ...place, whole: [target] }, records);
    });
  }

  /** The provider is away, or asked us to wait: nothing is lost, it is looked at later. */
  private async later(claim: string, row: RereadRow, cause: unknown): Promise<void> {
    const { kind, retryAfterMs } = classify(cause);
    this.host.logger.warn({ err: cause, connectionId: row.connection_id }, 'a record could not be looked at again');
    if (kind === 'item-rejected') return this.drop(claim, row);
    const counts = kind === 'rate-limited' ? 0 : 1;
    const wait = retryAfterMs ?? Math.min(1000 * 2 ** row.attempts, 10 * 60 * 1000);
    await this.host.database.query(
      `UPDATE rereads SET claimed_by = NULL, attempts = attempts + $5, due_at = now() + $6 * interval '1 ms'
       WHERE workspace_id = $1 AND connection_id = $2 AND target = $3 AND claimed_by = $4`,
      [row.workspace_id, row.connection_id, row.target, claim, counts, wait],
    );
  }

  /** The provider shows nothing by this id: asking again would change nothing. The next full read shows what there is. */
  private async drop(claim: string, { workspace_id, connection_id, target }: RereadRow): Promise<void> {
    await this.host.database.query(
      'DELETE FROM rereads WHERE workspace_id = $1 AND connection_id = $2 AND target = $3 AND claimed_by = $4',
      [workspace_id, connection_id, target, claim],
    );
  }
}
