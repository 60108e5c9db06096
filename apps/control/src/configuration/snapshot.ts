import type { AdapterAnnounced, LinkChanged } from '@kontaktor/contracts';
import type { Repositories } from '@kontaktor/persistence';
import { loadAlerts, type SavedAlerts } from '../alerts/configuration/saved-alerts';
import type { LinkDocument } from '../document/link-document';
import { found } from '../http/refusal';
import { announcedAdapters } from '../providers/adapter-directory';
import { ConnectionEntity } from '../tables/connection.entity';
import { LinkEntity } from '../tables/link.entity';
import { WorkspaceEntity } from '../tables/workspace.entity';

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
  readonly alerts: SavedAlerts;
}

/** The revision is read first: what is read after it may be newer, and then the save is refused, never the other way round. */
export async function loadSnapshot(db: Repositories, workspaceId: string): Promise<Snapshot> {
  const workspace = await db.repository(WorkspaceEntity).findOneBy({ workspaceId });
  const connections = await db.repository(ConnectionEntity).find({ where: { workspaceId }, order: { connectionId: 'ASC' } });
  const links = await db.repository(LinkEntity).find({ where: { workspaceId }, order: { linkId: 'ASC' } });
  return {
    workspaceId,
    revision: found(workspace ?? undefined, `workspace ${workspaceId}`).revision,
    connections: new Map(connections.map((connection) => [connection.connectionId, connection])),
    links: new Map(links.map((link) => [link.linkId, link])),
    adapters: await announcedAdapters(db),
    alerts: await loadAlerts(db, workspaceId),
  };
}
