import { randomUUID } from 'node:crypto';
import { AdapterError, classify, type ParsedDelivery } from '@kontaktor/adapter-kit';
import { isDatabaseUnavailable, isSerializationFailure, type Tx } from '@kontaktor/persistence';
import { claimLeaseMs, longestCallMs } from '../call-times';
import { inCallScope } from '../calls/call-scope';
import { connectionColumns } from '../connections/connection-row';
import type { Connections } from '../connections/connections';
import type { Host } from '../host';
import { whileRenewed } from '../while-renewed';
import type { Task } from '../work-loop';
import { CampaignTitles, type Campaign } from './campaign-titles';
import type { DeliveryRow } from './delivery-row';
import { keepAside, setAside } from './keep-aside';
import { parseDelivery } from './parse-delivery';
import { tellDelivery } from './tell-delivery';

const rowsPerClaim = 20;
const longestWaitMs = 10 * 60 * 1000;

/** Reads raw deliveries, adds what only the provider can tell, and publishes each event once. */
export class WebhookRunner {
  private readonly titles: CampaignTitles;

  constructor(
    private readonly host: Host,
    connections: Connections,
    /** There are records to look at again. */
    private readonly onHints: () => void,
  ) {
    this.titles = new CampaignTitles(host, connections);
  }

  readonly claim = async (): Promise<Task | undefined> => {
    const claim = randomUUID();
    const rows = await this.host.database.query<DeliveryRow>(
      `WITH due AS (
         SELECT d.workspace_id, d.delivery_id FROM deliveries d JOIN connections c USING (workspace_id, connection_id)
         WHERE d.state = 'waiting' AND d.due_at <= now() ORDER BY d.due_at LIMIT $2 FOR UPDATE OF d SKIP LOCKED),
       claimed AS (
         UPDATE deliveries d SET claimed_by = $1, due_at = now() + $3 * interval '1 ms' FROM due
         WHERE d.workspace_id = due.workspace_id AND d.delivery_id = due.delivery_id RETURNING d.*)
       SELECT d.delivery_id, d.correlation_id, d.received_at, d.endpoint, d.headers, d.body, d.traceparent, d.attempts, ${connectionColumns('c')}
       FROM claimed d JOIN connections c USING (workspace_id, connection_id) ORDER BY d.received_at, d.delivery_id`,
      [claim, rowsPerClaim, claimLeaseMs],
    );
    if (rows.length === 0) return undefined;
    const deadline = performance.now() + longestCallMs;
    const claimed = { what: 'webhook deliveries', renew: () => this.renew(claim) };
    return () =>
      whileRenewed(claimed, this.host.logger, () =>
        inCallScope({ urgent: false, calls: 0, deadline }, async () => {
          for (const row of rows) await this.traced(claim, row);
        }),
      );
  };

  /** A row that is being settled just now is skipped: waiting for it, in whatever order, could end in a circle. */
  private renew(claim: string): Promise<unknown> {
    return this.host.database.query(
      `WITH held AS (SELECT workspace_id, delivery_id FROM deliveries WHERE state = 'waiting' AND claimed_by = $1 FOR UPDATE SKIP LOCKED)
       UPDATE deliveries d SET due_at = now() + $2 * interval '1 ms' FROM held
       WHERE d.workspace_id = held.workspace_id AND d.delivery_id = held.delivery_id`,
      [claim, claimLeaseMs],
    );
  }

  private traced(claim: string, row: DeliveryRow): Promise<void> {
    const { tracing, adapter } = this.host;
    const settings = { name: 'read web hook', causes: [row.traceparent], attributes: { 'kontaktor.provider': adapter.name } };
    return tracing.span(settings, () => this.handle(claim, row));
  }

  private async handle(claim: string, row: DeliveryRow): Promise<void> {
    const result = parseDelivery(this.host.adapter, row);
    if (!result.ok) return keepAside(this.host, claim, row, result.problem);
    try {
      const campaigns = await this.titles.of(row, result.parsed.events);
      await this.tell(claim, row, result.parsed, campaigns);
    } catch (error) {
      if (blamesContent(error)) await keepAside(this.host, claim, row, error.message);
      else await this.later(claim, row, error);
    }
  }

  private async tell(claim: string, row: DeliveryRow, parsed: ParsedDelivery, campaigns: ReadonlyMap<string, Campaign>): Promise<void> {
    await this.host.database.transaction(async (tx) => {
      const { problem } = parsed;
      const held = await (problem === undefined ? markDone(tx, claim, row) : setAside(tx, this.host, claim, row, problem));
      if (!held) return;
      await tellDelivery(this.host, tx, row, parsed, campaigns);
      if (parsed.hints.length > 0) tx.afterCommit(this.onHints);
    });
  }

  /** The provider, or the database, is away: the delivery waits, nothing is lost. */
  private async later(claim: string, row: DeliveryRow, cause: unknown): Promise<void> {
    const { retryAfterMs } = classify(cause);
    this.host.logger.warn({ err: cause, connectionId: row.connection_id }, 'a webhook delivery waits and is read again');
    const wait = retryAfterMs ?? Math.min(1000 * 2 ** row.attempts, longestWaitMs);
    await this.host.database.query(
      `UPDATE deliveries SET claimed_by = NULL, attempts = attempts + 1, due_at = now() + $4 * interval '1 ms'
       WHERE workspace_id = $1 AND delivery_id = $2 AND claimed_by = $3`,
      [row.workspace_id, row.delivery_id, claim, wait],
    );
  }
}

/** Answers false when the claim was lost. */
async function markDone(tx: Tx, claim: string, row: DeliveryRow): Promise<boolean> {
  const held = await tx.query(
    `UPDATE deliveries SET state = 'done', done_at = now() WHERE workspace_id = $1 AND delivery_id = $2 AND claimed_by = $3 AND state = 'waiting' RETURNING 1`,
    [row.workspace_id, row.delivery_id, claim],
  );
  return held.length > 0;
}

/** Neither the provider nor the database is away: what the delivery says cannot be stored, and waiting changes nothing. */
const blamesContent = (error: unknown): error is Error =>
  error instanceof Error && !(error instanceof AdapterError) && !isDatabaseUnavailable(error) && !isSerializationFailure(error);
