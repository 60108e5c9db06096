import type { EventOf, WebhookReceived } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';

const columns = {
  ...{ workspace_id: 'text', delivery_id: 'text', connection_id: 'text', correlation_id: 'text', received_at: 'timestamptz' },
  ...{ endpoint: 'text', headers: 'jsonb', body: 'text' },
};

/** Keeps raw deliveries as work; the same one twice is one. The connection may come later. */
export async function acceptDeliveries(tx: Tx, events: readonly EventOf<WebhookReceived>[]): Promise<void> {
  const rows = events.map(({ workspaceId, correlationId, data }) => ({
    ...{ workspace_id: workspaceId, delivery_id: data.deliveryId, connection_id: data.connectionId, correlation_id: correlationId },
    ...{ received_at: data.receivedAt, endpoint: data.endpoint, headers: data.headers, body: data.body },
  }));
  await insertRows(tx, 'deliveries', columns, rows, { onConflict: 'ON CONFLICT DO NOTHING' });
}
