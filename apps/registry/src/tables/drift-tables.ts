/** Frozen: what accounts offer, what of it links were approved with, and what is otherwise now. */
export const driftTables = `
  CREATE TABLE account_schemas (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    -- AccountSchema as its adapter told it last.
    schema json NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, connection_id)
  );
  CREATE TABLE link_schemas (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    -- Version of the link that approved it; another version approves anew.
    link_version int NOT NULL,
    connection_id text NOT NULL,
    -- The mapped fields at that end, by name.
    fields jsonb NOT NULL,
    PRIMARY KEY (workspace_id, link_id, connection_id)
  );
  CREATE TABLE drifts (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    connection_id text NOT NULL,
    thing text NOT NULL,
    name text NOT NULL,
    change text NOT NULL,
    was text NOT NULL,
    now text NOT NULL,
    -- Fields of the destination; null: the whole link.
    pauses text[],
    since timestamptz NOT NULL DEFAULT now(),
    -- It is as it was again: the next run that begins after this lifts the pause, for it reads both ends.
    returned_at timestamptz,
    -- One pause a thing, however often it is told.
    PRIMARY KEY (workspace_id, link_id, connection_id, thing, name, change)
  );`;
