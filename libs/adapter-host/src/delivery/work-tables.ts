export const workTables = `
  CREATE TABLE work (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    kind text NOT NULL,
    -- Remote person, slot, or the activity's external id: one row each, so a newer wish replaces an older one.
    target text NOT NULL,
    version bigint NOT NULL,
    -- Which calls it needs; rows of one lane share a batch.
    lane text NOT NULL,
    -- The request, as JSON.
    body text NOT NULL,
    correlation_id text NOT NULL,
    urgent boolean NOT NULL,
    attempts int NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    -- A call may have had effect unseen: the provider is read before the next one.
    uncertain boolean NOT NULL DEFAULT false,
    -- What operations that went well answered, when a later one of the same item did not.
    stamps jsonb,
    -- Told that it waits because its connection is suspended.
    told_suspended boolean NOT NULL DEFAULT false,
    PRIMARY KEY (workspace_id, connection_id, kind, target)
  );
  CREATE INDEX work_due ON work (workspace_id, connection_id, lane, urgent DESC, due_at);
  -- A claim is one row, whatever the number of items: intent before the call, and the fence after it.
  CREATE TABLE batches (
    batch_id uuid PRIMARY KEY,
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    kind text NOT NULL,
    targets text[] NOT NULL,
    held_until timestamptz NOT NULL
  );
  CREATE INDEX batches_connection ON batches (workspace_id, connection_id, kind);`;
