import type { ConnectionChanged, EventOf, LinkChanged } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { lookForDrift } from '../drift/look-for-drift';
import type { RegistryParts } from '../registry-parts';

/** Keeps connections as the registry needs them; an older version never replaces a newer one. */
export async function keepConnections(tx: Tx, parts: RegistryParts, events: readonly EventOf<ConnectionChanged>[]): Promise<void> {
  const rows = newestOf(events, ({ connectionId }) => connectionId).map(({ workspaceId, data }) => ({
    ...{ workspace_id: workspaceId, connection_id: data.connectionId, provider: data.provider, version: data.version },
    ...{ enabled: data.enabled, deleted: data.deleted },
  }));
  const columns = { workspace_id: 'text', connection_id: 'text', provider: 'text', version: 'int', enabled: 'boolean', deleted: 'boolean' };
  await insertRows(tx, 'connections', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, connection_id) DO UPDATE SET provider = excluded.provider, version = excluded.version,
      enabled = excluded.enabled, deleted = excluded.deleted WHERE connections.version <= excluded.version`,
  });
  tx.afterCommit(parts.nudgeRuns);
}

/** Keeps links. What a new version decides otherwise travels with its first run, whose plan shows it. */
export async function keepLinks(tx: Tx, parts: RegistryParts, events: readonly EventOf<LinkChanged>[]): Promise<void> {
  const rows = newestOf(events, ({ linkId }) => linkId).map(({ workspaceId, data }) => {
    const { deleted, ...body } = data;
    return {
      ...{ workspace_id: workspaceId, link_id: data.linkId, version: data.version, deleted, body },
      ...{ source_id: data.source.connectionId, destination_id: data.destination.connectionId },
    };
  });
  const columns = {
    ...{
      workspace_id: 'text',
      link_id: 'text',
      version: 'int',
      source_id: 'text',
      destination_id: 'text',
      deleted: 'boolean',
      body: 'jsonb',
    },
  };
  await insertRows(tx, 'links', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, link_id) DO UPDATE SET version = excluded.version, source_id = excluded.source_id,
      destination_id = excluded.destination_id, deleted = excluded.deleted, body = excluded.body WHERE links.version <= excluded.version`,
  });
  for (const { workspace_id, link_id } of rows) await lookForDrift(tx, parts, workspace_id, link_id);
  tx.afterCommit(parts.nudgeRuns);
}

function newestOf<Data extends { readonly version: number }>(
  events: readonly EventOf<Data>[],
  idOf: (data: Data) => string,
): EventOf<Data>[] {
  const newest = new Map<string, EventOf<Data>>();
  for (const event of events) {
    const key = `${event.workspaceId} ${idOf(event.data)}`;
    const other = newest.get(key);
    if (other === undefined || other.data.version <= event.data.version) newest.set(key, event);
  }
  return [...newest.values()];
}
