import type { LinkChanged } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import type { Principal } from '../access/principal';
import { found } from '../http/refusal';
import { ConnectionEntity } from '../tables/connection.entity';
import { LinkEntity } from '../tables/link.entity';
import type { SavedConnection, SavedLink } from './snapshot';

const versionTables = {
  connection: { table: 'connection_versions', id: 'connection_id', kept: 'settings' },
  link: { table: 'link_versions', id: 'link_id', kept: 'document' },
} as const;

/** Takes the next version of an object and keeps what it says; versions go on after a deletion. */
export async function nextVersion(tx: Tx, kind: 'connection' | 'link', who: Principal, objectId: string, kept: object): Promise<number> {
  const { table, id, kept: column } = versionTables[kind];
  const [row] = await tx.query<{ version: number }>(
    `INSERT INTO ${table} (workspace_id, ${id}, version, ${column}, saved_by)
     SELECT $1, $2, coalesce(max(version), 0) + 1, $3::jsonb, $4 FROM ${table} WHERE workspace_id = $1 AND ${id} = $2 RETURNING version`,
    [who.workspaceId, objectId, JSON.stringify(kept), who.actor],
  );
  return found(row, `${kind} ${objectId}`).version;
}

export async function saveConnectionRow(tx: Tx, workspaceId: string, row: SavedConnection): Promise<void> {
  await tx.repository(ConnectionEntity).save({ workspaceId, ...row });
}

export async function saveLinkRow(tx: Tx, workspaceId: string, { linkId, version, document, data }: SavedLink): Promise<void> {
  const [sourceId, destinationId] = [document.source, document.destination];
  await tx.repository(LinkEntity).save({ workspaceId, linkId, version, sourceId, destinationId, document, data });
}

export async function deleteConnectionRow(tx: Tx, workspaceId: string, connectionId: string) {
  const [row] = await tx.query<{ connectionId: string; name: string; provider: string }>(
    'DELETE FROM connections WHERE workspace_id = $1 AND connection_id = $2 RETURNING connection_id AS "connectionId", name, provider',
    [workspaceId, connectionId],
  );
  return found(row, `connection "${connectionId}"`);
}

export async function deleteLinkRow(tx: Tx, workspaceId: string, linkId: string): Promise<LinkChanged> {
  const [row] = await tx.query<{ data: LinkChanged }>('DELETE FROM links WHERE workspace_id = $1 AND link_id = $2 RETURNING data', [
    workspaceId,
    linkId,
  ]);
  return found(row, `link "${linkId}"`).data;
}
