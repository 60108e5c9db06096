import { messagingMigrations } from '@kontaktor/messaging';
import type { Migration } from '@kontaktor/persistence';
import { suppressionMigrations } from '@kontaktor/privacy';

export const webhookIngestMigrations: readonly Migration[] = [
  ...messagingMigrations,
  ...suppressionMigrations,
  {
    id: 'webhook-ingest-0001-create',
    sql: `
      CREATE TABLE connections (
        workspace_id text NOT NULL,
        connection_id text NOT NULL,
        -- A deleted connection's row stays, so that an older version read again does not open its URLs.
        version int NOT NULL,
        provider text NOT NULL,
        -- SHA-256 (hex) of the secret in the URL, by endpoint; empty when the connection is deleted.
        secret_hashes jsonb NOT NULL,
        PRIMARY KEY (workspace_id, connection_id)
      );
      CREATE TABLE deliveries (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        connection_id text NOT NULL,
        endpoint text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        headers jsonb NOT NULL,
        body text NOT NULL
      );
      CREATE INDEX deliveries_received_at ON deliveries (received_at);`,
  },
];
