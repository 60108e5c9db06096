export const connectionTables = `
  CREATE TABLE connections (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    version int NOT NULL,
    enabled boolean NOT NULL,
    settings jsonb NOT NULL,
    sealed_secrets text NOT NULL,
    -- Part of every hash: another epoch of the registry makes every record news.
    registry_epoch int NOT NULL DEFAULT 0,
    -- Why nothing is read or delivered at the moment, in words.
    suspended text,
    -- Kind of the failure behind it, and since when; they mean nothing while it is not suspended.
    suspended_kind text,
    suspended_at timestamptz,
    -- When readings surely show whom we created last: a read that is asked for begins no sooner.
    settled_at timestamptz,
    -- When what the account offers is looked at again.
    schema_due_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, connection_id)
  );
  CREATE TABLE links (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    version int NOT NULL,
    source_id text NOT NULL,
    destination_id text NOT NULL,
    live boolean NOT NULL,
    diary boolean NOT NULL,
    PRIMARY KEY (workspace_id, link_id)
  );
  CREATE INDEX links_source ON links (workspace_id, source_id);`;
