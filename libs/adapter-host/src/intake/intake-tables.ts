export const intakeTables = `
  CREATE TABLE read_jobs (
    workspace_id text NOT NULL,
    read_id text NOT NULL,
    connection_id text NOT NULL,
    correlation_id text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done')),
    registry_epoch int NOT NULL,
    cursor text,
    resend text[],
    started_at timestamptz,
    finished_at timestamptz,
    seen int NOT NULL DEFAULT 0,
    published int NOT NULL DEFAULT 0,
    calls int NOT NULL DEFAULT 0,
    -- Failures since the last page.
    attempts int NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    -- The same request twice is one read.
    PRIMARY KEY (workspace_id, read_id)
  );
  CREATE INDEX read_jobs_waiting ON read_jobs (due_at) WHERE state = 'waiting';
  CREATE TABLE seen (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    remote_id text NOT NULL,
    part text NOT NULL,
    grp text,
    -- Names the row in read_pages.
    seen_no bigint GENERATED ALWAYS AS IDENTITY,
    -- Empty after a write of our own, and when asked to send again: the next reading is published whatever it shows.
    hash text NOT NULL,
    -- Of the reading that the hash is of; an older one says nothing.
    read_at timestamptz NOT NULL,
    first_read_at timestamptz NOT NULL,
    -- End of the complete read that missed it first.
    missing_at timestamptz,
    -- Readings before this moment may not show our last write yet.
    not_before timestamptz,
    PRIMARY KEY (workspace_id, connection_id, remote_id, part)
  ) WITH (fillfactor = 85);
  CREATE INDEX seen_group ON seen (workspace_id, connection_id, grp) WHERE grp IS NOT NULL;
  -- What a read showed: one row a page, so that a record without change costs no write.
  CREATE TABLE read_pages (
    workspace_id text NOT NULL,
    read_id text NOT NULL,
    seen_nos bigint[] NOT NULL
  );
  CREATE INDEX read_pages_read ON read_pages (workspace_id, read_id);
  CREATE TABLE rereads (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    -- What \`pull.get\` takes: a record's group, or its id.
    target text NOT NULL,
    -- Grows with each wish: one that came during the look makes another look.
    wish int NOT NULL DEFAULT 1,
    attempts int NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    claimed_by text,
    PRIMARY KEY (workspace_id, connection_id, target)
  );
  CREATE INDEX rereads_due ON rereads (due_at);
  CREATE TABLE polls (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('changes', 'activities')),
    -- Of changes: null until the first full read ended.
    cursor text,
    attempts int NOT NULL DEFAULT 0,
    -- While claimed: when the lease ends.
    due_at timestamptz NOT NULL DEFAULT now(),
    claimed_by text,
    PRIMARY KEY (workspace_id, connection_id, kind)
  );
  -- An entry of a diary is told once, however often the provider shows it; kept for good.
  CREATE TABLE told_activities (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    activity_id text NOT NULL,
    PRIMARY KEY (workspace_id, connection_id, activity_id)
  );`;
