import { createEvent, webhookReceived } from '@kontaktor/contracts';
import { bury, partitionCount, partitionOf } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import type { Host } from '../host';
import type { DeliveryRow } from './delivery-row';

/**
 * Keeps a delivery that cannot be read, with what is wrong, and shows it among the dead letters: sent again from there, it is read again.
 * Nothing happens when the claim was lost.
 */
export async function keepAside(host: Host, claim: string, row: DeliveryRow, problem: string): Promise<void> {
  await host.database.transaction((tx) => setAside(tx, host, claim, row, problem));
}

/** The same in the caller's transaction. Answers false when the claim was lost. */
export async function setAside(tx: Tx, host: Host, claim: string, row: DeliveryRow, problem: string): Promise<boolean> {
  host.logger.warn({ connectionId: row.connection_id, deliveryId: row.delivery_id }, 'a webhook delivery cannot be read; it is kept aside');
  // Postgres keeps no NUL in a text.
  const reason = problem.replaceAll('\0', '').slice(0, 2000);
  const held = await tx.query(
    `UPDATE deliveries SET state = 'unreadable', problem = $4, attempts = attempts + 1
     WHERE workspace_id = $1 AND delivery_id = $2 AND claimed_by = $3 AND state = 'waiting' RETURNING 1`,
    [row.workspace_id, row.delivery_id, claim, reason],
  );
  if (held.length === 0) return false;
  const raw = eventOf(host, row);
  const partition = partitionOf(webhookReceived.key(raw), partitionCount);
  await bury(tx, host.outbox, host.service, webhookReceived.name, [{ raw, partition, offset: '', reason, attempts: row.attempts + 1 }]);
  return true;
}

/** As webhook-ingest announced it. */
const eventOf = ({ adapter }: Host, row: DeliveryRow) =>
  createEvent(
    webhookReceived,
    { workspaceId: row.workspace_id, correlationId: row.correlation_id },
    {
      ...{ connectionId: row.connection_id, provider: adapter.name, deliveryId: row.delivery_id },
      ...{ receivedAt: row.received_at.toISOString(), endpoint: row.endpoint, headers: row.headers, body: row.body },
    },
  );
