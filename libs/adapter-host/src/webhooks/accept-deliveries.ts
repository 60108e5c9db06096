import type { EventOf, WebhookReceived } from '@kontaktor/contracts';
import { activeTraceparent } from '@kontaktor/observability';
import { insertRows, type Tx } from '@kontaktor/persistence';

const columns = {
  ...{ workspace_id: 'text', delivery_id: 'text', connection_id: 'text', correlation_id: 'text', received_at: 'timestamptz' },
  ...{ endpoint: 'text', headers: 'jsonb', body: 'text', traceparent: 'text' },
};

/**
 * Keeps raw deliveries as work; the same one twice is one, but one that was kept aside is read again: it comes from the dead letters. The
 * connection may come later.
 */
export async function acceptDeliveries(tx: Tx, events: readonly EventOf<WebhookReceived>[]): Promise<void> {
  const rows = events.map(({ workspaceId, correlationId, data }) => ({
    ...{ workspace_id: workspaceId, delivery_id: data.deliveryId, connection_id: data.connectionId, correlation_id: correlationId },
    ...{
      received_at: data.receivedAt,
      endpoint: data.endpoint,
      headers: data.headers,
      body: data.body,
      traceparent: activeTraceparent() ?? null,
    },
  }));
  if (rows.length === 0) return;
  await insertRows(tx, 'deliveries', columns, rows, { onConflict: 'ON CONFLICT DO NOTHING' });
  await tx.query(
    `UPDATE deliveries d SET state = 'waiting', problem = NULL, attempts = 0, claimed_by = NULL, due_at = now()
     FROM unnest($1::text[], $2::text[]) AS again (workspace_id, delivery_id)
     WHERE d.workspace_id = again.workspace_id AND d.delivery_id = again.delivery_id AND d.state = 'unreadable'`,
    [rows.map((row) => row.workspace_id), rows.map((row) => row.delivery_id)],
  );
}
