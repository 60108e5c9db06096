import { z } from 'zod';
import { defineTopic } from '../define-topic';

const connectionChangedData = z.object({
  connectionId: z.string(),
  name: z.string(),
  provider: z.string(),
  version: z.number().int(),
  enabled: z.boolean(),
  deleted: z.boolean(),
  /** Settings without secrets. */
  settings: z.record(z.string(), z.unknown()),
  /** Sealed for the one provider's service (associated data: workspace/connection/version). */
  sealedSecrets: z.string(),
  /** SHA-256 (hex) of the secret in each generated webhook URL, by endpoint name. */
  webhookSecretHashes: z.record(z.string(), z.string()),
});
export type ConnectionChanged = z.infer<typeof connectionChangedData>;

export const connectionChanged = defineTopic({
  name: 'connection.changed',
  compacted: true,
  data: connectionChangedData,
  key: (data) => data.connectionId,
  example: {
    connectionId: 'mail',
    name: 'Ecomail',
    provider: 'ecomail',
    version: 1,
    enabled: true,
    deleted: false,
    settings: { baseUrl: 'https://api2.ecomailapp.cz' },
    sealedSecrets: 'v1.k1.x.y.z',
    webhookSecretHashes: { campaigns: 'a'.repeat(64) },
  },
});
