import { connectionChanged, type ConnectionChanged, type EventOf } from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { Controller } from '@nestjs/common';

const columns = { workspace_id: 'text', connection_id: 'text', version: 'int', provider: 'text', secret_hashes: 'jsonb' };

@Controller()
export class ConnectionsController {
  /** A disabled connection keeps its URLs: an opt-out counts also while nothing else travels. */
  @BatchHandler(connectionChanged)
  async onConnectionChanged(events: readonly EventOf<ConnectionChanged>[], tx: Tx): Promise<void> {
    await insertRows(tx, 'connections', columns, newestRows(events), {
      onConflict: `ON CONFLICT (workspace_id, connection_id) DO UPDATE
        SET version = excluded.version, provider = excluded.provider, secret_hashes = excluded.secret_hashes
        WHERE connections.version < excluded.version`,
    });
  }
}

/** One row a connection: a statement may not touch a row twice. */
function newestRows(events: readonly EventOf<ConnectionChanged>[]): object[] {
  const newest = new Map<string, EventOf<ConnectionChanged>>();
  for (const event of events) {
    const key = connectionChanged.key(event);
    if ((newest.get(key)?.data.version ?? 0) < event.data.version) newest.set(key, event);
  }
  return [...newest.values()].map(({ workspaceId, data }) => ({
    ...{ workspace_id: workspaceId, connection_id: data.connectionId, version: data.version, provider: data.provider },
    secret_hashes: data.deleted ? {} : data.webhookSecretHashes,
  }));
}
