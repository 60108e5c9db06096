import type { AdapterAnnounced, LinkChanged } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import type { LinkDocument } from '../document/link-document';
import { found } from '../http/refusal';
import { announcedAdapters } from '../providers/adapter-directory';

/** A connection as it is kept. */
export interface SavedConnection {
  readonly connectionId: string;
  readonly version: number;
  readonly name: string;
  readonly provider: string;
  readonly enabled: boolean;
  /** Without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secretNames: readonly string[];
  readonly sealedSecrets: string;
  readonly sealedWebhookSecrets: string;
  readonly webhookSecretHashes: Readonly<Record<string, string>>;
}

export interface SavedLink {
  readonly linkId: string;
  readonly version: number;
  /** As the user wrote it. */
  readonly document: LinkDocument;
  readonly data: LinkChanged;
}

/** A workspace's configuration at one revision: what a change is checked against. */
export interface Snapshot {
  readonly workspaceId: string;
  readonly revision: number;
  readonly connections: ReadonlyMap<string, SavedConnection>;
  readonly links: ReadonlyMap<string, SavedLink>;
  readonly adapters: ReadonlyMap<string, AdapterAnnounced>;
}

const connectionsSql = `
  SELECT connection_id AS "connectionId", version, name, provider, enabled, settings, secret_names AS "secretNames",
    sealed_secrets AS "sealedSecrets", sealed_webhook_secrets AS "sealedWebhookSecrets", webhook_secret_hashes AS "webhookSecretHashes"
  FROM connections WHERE workspace_id = $1 ORDER BY connection_id`;
const linksSql = 'SELECT link_id AS "linkId", version, document, data FROM links WHERE workspace_id = $1 ORDER BY link_id';

/** The revision is read first: what is read after it may be newer, and then the save is refused, never the other way round. */
export async function loadSnapshot(db: Queryable, workspaceId: string): Promise<Snapshot> {
  const [workspace] = await db.query<{ revision: number }>('SELECT revision FROM workspaces WHERE workspace_id = $1', [workspaceId]);
  const connections = await db.query<SavedConnection>(connectionsSql, [workspaceId]);
  const links = await db.query<SavedLink>(linksSql, [workspaceId]);
  return {
    workspaceId,
    revision: found(workspace, `workspace ${workspaceId}`).revision,
    connections: new Map(connections.map((connection) => [connection.connectionId, connection])),
    links: new Map(links.map((link) => [link.linkId, link])),
    adapters: await announcedAdapters(db),
  };
}
