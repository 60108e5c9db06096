import type { AccountSchemaTold } from '@kontaktor/contracts';
import type { RegistryParts } from '../registry-parts';
import { lookForDrift } from './look-for-drift';

/** Keeps what an account offers now, and looks what that means for every link that uses it. An older telling never replaces a newer one. */
export async function keepSchema(parts: RegistryParts, { workspaceId, connectionId, at, ...schema }: AccountSchemaTold): Promise<void> {
  await parts.database.transaction(async (tx) => {
    const kept = await tx.query(
      `INSERT INTO account_schemas AS a (workspace_id, connection_id, schema, told_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (workspace_id, connection_id) DO UPDATE SET schema = excluded.schema, told_at = excluded.told_at
       WHERE a.told_at < excluded.told_at RETURNING 1`,
      [workspaceId, connectionId, JSON.stringify(schema), at],
    );
    if (kept.length === 0) return;
    const links = await tx.query<{ link_id: string }>(
      'SELECT link_id FROM links WHERE workspace_id = $1 AND $2 IN (source_id, destination_id) AND NOT deleted ORDER BY link_id',
      [workspaceId, connectionId],
    );
    for (const { link_id } of links) await lookForDrift(tx, parts, workspaceId, link_id);
  });
}
