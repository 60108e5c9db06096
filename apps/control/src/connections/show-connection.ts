import type { ConnectionView, Role } from '@kontaktor/contracts';
import { mayActAs } from '../access/principal';
import type { ConnectionSecrets } from '../configuration/connection-secrets';
import type { SavedConnection } from '../configuration/snapshot';

interface Showing {
  readonly workspaceId: string;
  readonly role: Role;
  readonly webhookUrl: string;
  readonly secrets: ConnectionSecrets;
}

/** A connection as it may be shown to a role. */
export function showConnection(connection: SavedConnection, { workspaceId, role, webhookUrl, secrets }: Showing): ConnectionView {
  const { connectionId, version, name, provider, enabled, settings, secretNames } = connection;
  const shown = { id: connectionId, version, name, provider, enabled, settings, secretsSet: [...secretNames] };
  if (!mayActAs(role, 'editor')) return shown;
  const urls = Object.entries(secrets.openWebhooks(workspaceId, connection)).map(([endpoint, secret]) => [
    endpoint,
    `${webhookUrl}/hooks/${provider}/${workspaceId}/${connectionId}/${endpoint}/${secret}`,
  ]);
  return { ...shown, webhookUrls: Object.fromEntries(urls) };
}
