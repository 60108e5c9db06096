import type { Migration } from '@kontaktor/persistence';

export const alertTables: Migration = {
  id: 'control-0004-alerts',
  sql: `
    CREATE TABLE alert_channels (
      workspace_id text NOT NULL REFERENCES workspaces,
      channel_id text NOT NULL,
      -- As the user wrote it, without secrets.
      document jsonb NOT NULL,
      secret_names text[] NOT NULL,
      sealed_secrets text NOT NULL,
      -- Since when nothing came through; null: the last attempt did.
      failing_since timestamptz,
      disabled_at timestamptz,
      disabled_because text,
      PRIMARY KEY (workspace_id, channel_id)
    );
    CREATE TABLE alert_rules (
      workspace_id text NOT NULL REFERENCES workspaces,
      rule_id text NOT NULL,
      document jsonb NOT NULL,
      PRIMARY KEY (workspace_id, rule_id)
    );
    CREATE TABLE alerts (
      alert_id uuid PRIMARY KEY,
      workspace_id text NOT NULL REFERENCES workspaces,
      rule_id text NOT NULL,
      condition text NOT NULL,
      object_kind text NOT NULL,
      object_id text NOT NULL,
      -- What the facts said when it was told last: numbers and words, no people.
      detail jsonb NOT NULL,
      since timestamptz NOT NULL,
      raised_at timestamptz NOT NULL,
      told_at timestamptz NOT NULL,
      recovered_at timestamptz,
      acknowledged_at timestamptz,
      acknowledged_by text,
      snoozed_until timestamptz
    );
    CREATE INDEX alerts_newest ON alerts (workspace_id, alert_id DESC);
    CREATE INDEX alerts_recovered ON alerts (recovered_at);
    -- Two watchers that see one change at the same moment raise one alert.
    CREATE UNIQUE INDEX alerts_open ON alerts (workspace_id, rule_id, condition, object_kind, object_id) WHERE recovered_at IS NULL;
    CREATE TABLE alert_states (
      workspace_id text NOT NULL REFERENCES workspaces,
      rule_id text NOT NULL,
      condition text NOT NULL,
      object_kind text NOT NULL,
      object_id text NOT NULL,
      phase text NOT NULL CHECK (phase IN ('rising', 'raised', 'calming')),
      since timestamptz NOT NULL,
      calm_since timestamptz,
      alert_id uuid REFERENCES alerts,
      -- What is well has no row; what is told has its alert.
      CHECK ((phase = 'rising') = (alert_id IS NULL)),
      CHECK ((phase = 'calming') = (calm_since IS NOT NULL)),
      PRIMARY KEY (workspace_id, rule_id, condition, object_kind, object_id)
    );
    CREATE TABLE alert_deliveries (
      delivery_id uuid PRIMARY KEY,
      workspace_id text NOT NULL,
      channel_id text NOT NULL,
      alert_id uuid NOT NULL REFERENCES alerts ON DELETE CASCADE,
      kind text NOT NULL CHECK (kind IN ('raised', 'reminder', 'recovered')),
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given-up')),
      attempts int NOT NULL DEFAULT 0,
      problem text,
      created_at timestamptz NOT NULL,
      -- While claimed: when the lease ends.
      due_at timestamptz NOT NULL,
      claimed_by uuid,
      ended_at timestamptz,
      -- A channel that is deleted takes what waits for it along.
      FOREIGN KEY (workspace_id, channel_id) REFERENCES alert_channels ON DELETE CASCADE
    );
    CREATE INDEX alert_deliveries_alert ON alert_deliveries (alert_id);
    CREATE INDEX alert_deliveries_waiting ON alert_deliveries (due_at) WHERE state = 'waiting';`,
};
