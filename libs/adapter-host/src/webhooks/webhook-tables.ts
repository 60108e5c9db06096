export const webhookTables = `
  CREATE TABLE deliveries (
    workspace_id text NOT NULL,
    delivery_id text NOT NULL,
    connection_id text NOT NULL,
    correlation_id text NOT NULL,
    received_at timestamptz NOT NULL,
    endpoint text NOT NULL,
    headers jsonb NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'unreadable')),
    problem text,
    attempts int NOT NULL DEFAULT 0,
    -- While claimed: when the lease ends.
    due_at timestamptz NOT NULL DEFAULT now(),
    claimed_by text,
    done_at timestamptz,
    PRIMARY KEY (workspace_id, delivery_id)
  );
  CREATE INDEX deliveries_waiting ON deliveries (due_at) WHERE state = 'waiting';
  CREATE INDEX deliveries_newest ON deliveries (workspace_id, connection_id, received_at);
  -- An event of a campaign is told once, however often the provider sends it.
  CREATE TABLE told_events (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    event_id text NOT NULL,
    told_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, connection_id, event_id)
  );
  CREATE INDEX told_events_told_at ON told_events (told_at);
  CREATE TABLE campaigns (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    campaign_id text NOT NULL,
    title text NOT NULL,
    url text,
    read_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, connection_id, campaign_id)
  );`;
