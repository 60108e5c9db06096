import type { EventOf, LinkChanged } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';

/** Keeps the links that use a connection of this provider, the newest version of each. */
export async function keepLinks(provider: string, tx: Tx, events: readonly EventOf<LinkChanged>[]): Promise<void> {
  for (const { workspaceId, data } of events) {
    const { linkId, version, source, destination, enabled, mode, diary } = data;
    const isOurs = source.provider === provider || destination.provider === provider;
    if (data.deleted || !isOurs) {
      await tx.query('DELETE FROM links WHERE workspace_id = $1 AND link_id = $2', [workspaceId, linkId]);
      continue;
    }
    await tx.query(
      `INSERT INTO links AS l (workspace_id, link_id, version, source_id, destination_id, live, diary) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (workspace_id, link_id) DO UPDATE SET version = excluded.version, source_id = excluded.source_id,
         destination_id = excluded.destination_id, live = excluded.live, diary = excluded.diary
       WHERE l.version < excluded.version`,
      [workspaceId, linkId, version, source.connectionId, destination.connectionId, enabled && mode === 'live', enabled && diary],
    );
  }
}
