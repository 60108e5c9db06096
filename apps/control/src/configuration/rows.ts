import type { LinkChanged } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import type { Principal } from '../access/principal';
import { found } from '../http/refusal';
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
  await tx.query(
    `INSERT INTO connections (workspace_id, connection_id, version, name, provider, enabled, settings, secret_names, sealed_secrets,
       sealed_webhook_secrets, webhook_secret_hashes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (workspace_id, connection_id) DO UPDATE SET version = excluded.version, name = excluded.name, enabled = excluded.enabled,
       settings = excluded.settings, secret_names = excluded.secret_names, sealed_secrets = excluded.sealed_secrets,
       sealed_webhook_secrets = excluded.sealed_webhook_secrets, webhook_secret_hashes = excluded.webhook_secret_hashes`,
    [
      ...[workspaceId, row.connectionId, row.version, row.name, row.provider, row.enabled, JSON.stringify(row.settings), row.secretNames],
      ...[row.sealedSecrets, row.sealedWebhookSecrets, JSON.stringify(row.webhookSecretHashes)],
    ],
  );
}

export async function saveLinkRow(tx: Tx, workspaceId: string, { linkId, version, document, data }: SavedLink): Promise<void> {
  await tx.query(
    `INSERT INTO links (workspace_id, link_id, version, source_id, destination_id, document, data) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (workspace_id, link_id) DO UPDATE SET version = excluded.version, source_id = excluded.source_id,
       destination_id = excluded.destination_id, document = excluded.document, data = excluded.data`,
    [workspaceId, linkId, version, document.source, document.destination, JSON.stringify(document), JSON.stringify(data)],
  );
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
