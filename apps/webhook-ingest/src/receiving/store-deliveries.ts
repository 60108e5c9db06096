import { createEvent, webhookReceived } from '@kontaktor/contracts';
import type { Outbox } from '@kontaktor/messaging';
import { insertRows, type Database } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Endpoint } from '../endpoints/find-endpoints';

export interface Delivery {
  readonly to: Endpoint;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Trace context of the request that brought it. */
  readonly traceparent: string | undefined;
}

const columns = { id: 'uuid', workspace_id: 'text', connection_id: 'text', endpoint: 'text', headers: 'jsonb', body: 'text' };

/** Stores deliveries and announces them, in one transaction and in their order; answers their ids. */
export async function storeDeliveries(database: Database, outbox: Outbox, deliveries: readonly Delivery[]): Promise<readonly string[]> {
  const rows = deliveries.map(({ to, headers, body }) => ({
    ...{ id: uuidv7(), workspace_id: to.workspaceId, connection_id: to.connectionId, endpoint: to.endpoint, headers, body },
  }));
  await database.transaction(async (tx) => {
    const [stored] = await insertRows<object, { received_at: Date }>(tx, 'deliveries', columns, rows, { returning: 'received_at' });
    if (stored === undefined) return;
    const receivedAt = stored.received_at.toISOString();
    const events = deliveries.map(({ to, headers, body }, at) => {
      const data = {
        connectionId: to.connectionId,
        provider: to.provider,
        deliveryId: rows[at]?.id ?? '',
        receivedAt,
        endpoint: to.endpoint,
      };
      return createEvent(webhookReceived, { workspaceId: to.workspaceId }, { ...data, headers, body });
    });
    await outbox.append(tx, webhookReceived, events);
  });
  return rows.map(({ id }) => id);
}
