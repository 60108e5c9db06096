import { messagingMigrations } from '@kontaktor/messaging';
import type { Migration } from '@kontaktor/persistence';

export const hostMigrations: readonly Migration[] = [
  ...messagingMigrations,
  {
    id: 'host-0001-create',
    sql: `
      CREATE TABLE connections (
        workspace_id text NOT NULL,
        connection_id text NOT NULL,
        version int NOT NULL,
        enabled boolean NOT NULL,
        settings jsonb NOT NULL,
        sealed_secrets text NOT NULL,
        -- Where polling of changes goes on; null until the first full read.
        poll_cursor text,
        diary_cursor text,
        poll_due_at timestamptz NOT NULL DEFAULT now(),
        -- Why nothing is delivered at the moment, in words.
        suspended text,
        PRIMARY KEY (workspace_id, connection_id)
      );
      CREATE TABLE links (
        workspace_id text NOT NULL,
        link_id text NOT NULL,
        source_id text NOT NULL,
        destination_id text NOT NULL,
        live boolean NOT NULL,
        version int NOT NULL,
        PRIMARY KEY (workspace_id, link_id)
      );
      CREATE TABLE read_jobs (
        read_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        connection_id text NOT NULL,
        correlation_id text NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done')),
        cursor text,
        resend text[],
        started_at timestamptz,
        seen int NOT NULL DEFAULT 0,
        published int NOT NULL DEFAULT 0,
        calls int NOT NULL DEFAULT 0,
        attempts int NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE seen (
        workspace_id text NOT NULL,
        connection_id text NOT NULL,
        remote_id text NOT NULL,
        part text NOT NULL,
        grp text,
        -- Empty after a write of our own: the next reading is published whatever it shows.
        hash text NOT NULL,
        first_read_at timestamptz NOT NULL DEFAULT now(),
        last_read text NOT NULL,
        -- The complete read in which it was missing first.
        missing_in text,
        -- Readings before this moment may not show our last write yet.
        not_before timestamptz,
        PRIMARY KEY (workspace_id, connection_id, remote_id, part)
      );
      CREATE INDEX seen_group ON seen (workspace_id, connection_id, grp);
      CREATE TABLE work (
        workspace_id text NOT NULL,
        connection_id text NOT NULL,
        kind text NOT NULL,
        -- Remote person, slot, or the activity's external id: one row each, so a newer wish replaces an older one.
        target text NOT NULL,
        version bigint NOT NULL,
        body jsonb NOT NULL,
        correlation_id text NOT NULL,
        urgent boolean NOT NULL,
        attempts int NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        -- Fencing: who holds the lease, and the version it took.
        claimed_by text,
        PRIMARY KEY (workspace_id, connection_id, kind, target)
      );
      CREATE INDEX work_due ON work (workspace_id, connection_id, kind, urgent DESC, due_at);
      CREATE TABLE deliveries (
        delivery_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        connection_id text NOT NULL,
        correlation_id text NOT NULL,
        endpoint text NOT NULL,
        headers jsonb NOT NULL,
        body text NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'unreadable')),
        problem text,
        attempts int NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
      CREATE TABLE budgets (
        key text PRIMARY KEY,
        window_start timestamptz NOT NULL,
        used int NOT NULL
      );`,
  },
];
