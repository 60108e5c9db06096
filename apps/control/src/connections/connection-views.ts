import { checkAnswer, describeAnswer } from '@kontaktor/contracts';
import { z } from 'zod';
import type { Role } from '../access/principal';
import { mayActAs } from '../access/principal';
import type { ConnectionSecrets } from '../configuration/connection-secrets';
import type { SavedConnection } from '../configuration/snapshot';

export const connectionView = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  provider: z.string(),
  enabled: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
  /** Names of the secrets that are kept; their values are never shown. */
  secretsSet: z.array(z.string()),
  /** URLs to enter at the provider; for editors and admins only. */
  webhookUrls: z.record(z.string(), z.string()).optional(),
});
export type ConnectionView = z.infer<typeof connectionView>;
export const connectionsView = z.object({ connections: z.array(connectionView) });
export { checkAnswer as checkView, describeAnswer as describeView };

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
