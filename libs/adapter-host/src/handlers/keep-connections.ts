import type { ConnectionChanged, EventOf } from '@kontaktor/contracts';
import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import type { Tx } from '@kontaktor/persistence';
import { liftSuspension } from '../connections/suspension';

/** Tables with rows of one connection. */
const tablesOfConnection = [
  ...['connections', 'read_jobs', 'seen', 'rereads', 'polls', 'told_activities', 'work', 'batches'],
  ...['deliveries', 'told_events', 'campaigns'],
];

/** Keeps this provider's connections, the newest version of each; a deleted one takes all its rows along. */
export async function keepConnections(adapter: AdapterDefinition, tx: Tx, events: readonly EventOf<ConnectionChanged>[]): Promise<void> {
  for (const { workspaceId, data } of events) {
    if (data.provider !== adapter.name) continue;
    if (data.deleted) await deleteConnection(tx, workspaceId, data.connectionId);
    else await keepConnection(adapter, tx, workspaceId, data);
  }
}

async function keepConnection(adapter: AdapterDefinition, tx: Tx, workspaceId: string, data: ConnectionChanged): Promise<void> {
  const { connectionId, version, enabled, settings, sealedSecrets } = data;
  const kept = await tx.query(
    `INSERT INTO connections AS c (workspace_id, connection_id, version, enabled, settings, sealed_secrets) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (workspace_id, connection_id) DO UPDATE SET
       version = excluded.version, enabled = excluded.enabled, settings = excluded.settings, sealed_secrets = excluded.sealed_secrets
     WHERE c.version < excluded.version RETURNING 1`,
    [workspaceId, connectionId, version, enabled, JSON.stringify(settings), sealedSecrets],
  );
  if (kept.length === 0) return;
  await liftSuspension(tx, { workspace_id: workspaceId, connection_id: connectionId });
  const { changes, activities } = adapter.pull;
  const kinds = [...(changes === undefined ? [] : ['changes']), ...(activities === undefined ? [] : ['activities'])];
  await tx.query(`INSERT INTO polls (workspace_id, connection_id, kind) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`, [
    workspaceId,
    connectionId,
    kinds,
  ]);
}

async function deleteConnection(tx: Tx, workspaceId: string, connectionId: string): Promise<void> {
  await tx.query(
    'DELETE FROM read_pages USING read_jobs j WHERE read_pages.workspace_id = $1 AND j.workspace_id = $1 AND j.read_id = read_pages.read_id AND j.connection_id = $2',
    [...[workspaceId, connectionId]],
  );
  for (const table of tablesOfConnection)
    await tx.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND connection_id = $2`, [workspaceId, connectionId]);
}
