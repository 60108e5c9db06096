import { messagingMigrations } from '@kontaktor/messaging';
import type { Migration } from '@kontaktor/persistence';
import { alertTables } from './alerts/tables/alert-tables';

const access: Migration = {
  id: 'control-0001-access',
  sql: `
    CREATE TABLE workspaces (
      workspace_id text PRIMARY KEY CHECK (workspace_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
      -- Grows with every change of configuration. A change is saved only on the revision it was checked against: of two that were checked at
      -- the same time, the second is checked again and can never meet a connection or a link that the first took away.
      revision bigint NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE users (
      workspace_id text NOT NULL REFERENCES workspaces,
      user_name text NOT NULL,
      role text NOT NULL CHECK (role IN ('viewer', 'editor', 'approver', 'admin')),
      password_hash text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      -- Two admins who add the same person at once make one user.
      PRIMARY KEY (workspace_id, user_name)
    );
    CREATE TABLE api_tokens (
      token_id uuid PRIMARY KEY,
      workspace_id text NOT NULL REFERENCES workspaces,
      name text NOT NULL,
      role text NOT NULL CHECK (role IN ('viewer', 'editor', 'approver', 'admin')),
      -- SHA-256 of the secret; one secret belongs to one workspace, even when two replicas hash in the first token at once.
      secret_hash text NOT NULL UNIQUE,
      user_name text,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz,
      -- A token of a user ends with the user, also one that is made while the user is being removed.
      FOREIGN KEY (workspace_id, user_name) REFERENCES users ON DELETE CASCADE
    );
    -- Replicas that start together make one first token.
    CREATE UNIQUE INDEX api_tokens_name ON api_tokens (workspace_id, name) WHERE user_name IS NULL;
    CREATE TABLE audit (
      entry bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      workspace_id text NOT NULL REFERENCES workspaces,
      at timestamptz NOT NULL DEFAULT now(),
      actor text NOT NULL,
      action text NOT NULL,
      object text NOT NULL,
      detail jsonb NOT NULL
    );
    CREATE INDEX audit_newest ON audit (workspace_id, entry DESC);
    -- Whoever may write may add a line, and never change or take away one. An empty log may be emptied, as before rows are brought back.
    CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE filled boolean;
      BEGIN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO filled;
        IF filled THEN RAISE EXCEPTION 'lines of the audit log are neither changed nor removed'; END IF;
        RETURN NULL;
      END $$;
    CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
      FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
    CREATE TABLE sign_in_attempts (
      workspace_id text NOT NULL,
      user_name text NOT NULL,
      attempts int NOT NULL,
      since timestamptz NOT NULL DEFAULT now(),
      -- Guesses that come at once, also at several replicas, are all counted.
      PRIMARY KEY (workspace_id, user_name)
    );
    CREATE INDEX sign_in_attempts_since ON sign_in_attempts (since);`,
};

const configuration: Migration = {
  id: 'control-0002-configuration',
  sql: `
    CREATE TABLE connections (
      workspace_id text NOT NULL REFERENCES workspaces,
      connection_id text NOT NULL,
      version int NOT NULL,
      name text NOT NULL,
      provider text NOT NULL,
      enabled boolean NOT NULL,
      settings jsonb NOT NULL,
      secret_names text[] NOT NULL,
      sealed_secrets text NOT NULL,
      sealed_webhook_secrets text NOT NULL,
      webhook_secret_hashes jsonb NOT NULL,
      PRIMARY KEY (workspace_id, connection_id)
    );
    CREATE TABLE connection_versions (
      workspace_id text NOT NULL REFERENCES workspaces,
      connection_id text NOT NULL,
      version int NOT NULL,
      settings jsonb NOT NULL,
      saved_by text NOT NULL,
      saved_at timestamptz NOT NULL DEFAULT now(),
      -- Outlives the connection, so that one made again under the same id goes on counting; two saves at once cannot take one number.
      PRIMARY KEY (workspace_id, connection_id, version)
    );
    CREATE TABLE links (
      workspace_id text NOT NULL REFERENCES workspaces,
      link_id text NOT NULL,
      version int NOT NULL,
      source_id text NOT NULL,
      destination_id text NOT NULL,
      -- As the user wrote it.
      document jsonb NOT NULL,
      -- As link.changed carries it.
      data jsonb NOT NULL,
      PRIMARY KEY (workspace_id, link_id),
      -- A connection cannot be deleted while a link that uses it is being saved.
      FOREIGN KEY (workspace_id, source_id) REFERENCES connections,
      FOREIGN KEY (workspace_id, destination_id) REFERENCES connections,
      CHECK (source_id <> destination_id)
    );
    CREATE TABLE link_versions (
      workspace_id text NOT NULL REFERENCES workspaces,
      link_id text NOT NULL,
      version int NOT NULL,
      document jsonb NOT NULL,
      saved_by text NOT NULL,
      saved_at timestamptz NOT NULL DEFAULT now(),
      -- As with connection_versions.
      PRIMARY KEY (workspace_id, link_id, version)
    );`,
};

const views: Migration = {
  id: 'control-0003-views',
  sql: `
    CREATE TABLE adapters (
      -- Replicas of an adapter announce themselves at once; they are one provider.
      provider text PRIMARY KEY,
      announced jsonb NOT NULL,
      announced_at timestamptz NOT NULL
    );
    CREATE TABLE run_progress (
      workspace_id text NOT NULL,
      run_id text NOT NULL,
      link_id text NOT NULL,
      at timestamptz NOT NULL,
      progress jsonb NOT NULL,
      -- The request and the first progress of a run may be written at once.
      PRIMARY KEY (workspace_id, run_id)
    );
    CREATE INDEX run_progress_at ON run_progress (at);`,
};

/** All tables of the service. */
export const controlMigrations: readonly Migration[] = [...messagingMigrations, access, configuration, views, alertTables];
