import { newSecret, providerKey, seal, sha256Hex, unseal, type SealingKey } from '@kontaktor/config';
import { z } from 'zod';
import type { SavedConnection } from './snapshot';

export type Secrets = Readonly<Record<string, string>>;
const secretsShape = z.record(z.string(), z.string());

/** Seals and opens what a connection keeps secret: credentials for its provider's service, webhook secrets for control itself. */
export class ConnectionSecrets {
  constructor(private readonly master: SealingKey) {}

  seal(workspaceId: string, connectionId: string, provider: string, version: number, secrets: Secrets): string {
    return seal(providerKey(this.master, provider), JSON.stringify(secrets), `${workspaceId}/${connectionId}/${version}`);
  }

  open(workspaceId: string, { connectionId, provider, version, sealedSecrets }: SavedConnection): Secrets {
    const text = unseal(providerKey(this.master, provider), sealedSecrets, `${workspaceId}/${connectionId}/${version}`);
    return secretsShape.parse(JSON.parse(text));
  }

  /** Settings with secrets in clear: for one internal call, kept nowhere. */
  settingsOf(workspaceId: string, connection: SavedConnection): Record<string, unknown> {
    return { ...connection.settings, ...this.open(workspaceId, connection) };
  }

  openWebhooks(workspaceId: string, { connectionId, sealedWebhookSecrets }: SavedConnection): Secrets {
    const text = unseal(providerKey(this.master, 'control'), sealedWebhookSecrets, `${workspaceId}/${connectionId}/webhooks`);
    return secretsShape.parse(JSON.parse(text));
  }

  /** One secret of 192 bits an endpoint, made once and kept; only the hashes leave control. */
  webhooks(workspaceId: string, connectionId: string, endpoints: readonly string[], saved: SavedConnection | undefined) {
    const known = saved === undefined ? {} : this.openWebhooks(workspaceId, saved);
    const secrets = Object.fromEntries(endpoints.map((endpoint) => [endpoint, known[endpoint] ?? newSecret()]));
    return {
      sealedWebhookSecrets: seal(providerKey(this.master, 'control'), JSON.stringify(secrets), `${workspaceId}/${connectionId}/webhooks`),
      webhookSecretHashes: Object.fromEntries(Object.entries(secrets).map(([endpoint, secret]) => [endpoint, sha256Hex(secret)])),
    };
  }
}
