/** Frozen: runs, their reads and plans; activities. */
export const runTables = `
  CREATE TABLE registry_state (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    -- Another after a restore from backup: adapters then publish everything again.
    epoch int NOT NULL
  );
  INSERT INTO registry_state (epoch) VALUES (1);
  CREATE TABLE runs (
    run_id uuid PRIMARY KEY,
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    -- Asked for while requested, pinned from then on.
    link_version int NOT NULL,
    -- Of the connections, pinned with it: an edit of one supersedes the run.
    source_version int NOT NULL DEFAULT 0,
    destination_version int NOT NULL DEFAULT 0,
    mode text NOT NULL CHECK (mode IN ('full', 'dry')),
    state text NOT NULL,
    correlation_id text NOT NULL,
    requested_by text,
    slot timestamptz,
    requested_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    progressed_at timestamptz NOT NULL DEFAULT now(),
    -- When the present state began: the rate of a phase counts from here.
    state_since timestamptz NOT NULL DEFAULT now(),
    plan_hash text,
    -- PlanCounts, once planned.
    plan jsonb,
    -- Sentences for whoever approves.
    warnings text[] NOT NULL DEFAULT '{}',
    -- Hash of the dry run's plan from which it was started: another plan waits.
    approved_hash text,
    approved_by text,
    approved_at timestamptz,
    -- First upserts that have to be confirmed before the rest; 0: none, or they are.
    canary int NOT NULL DEFAULT 0,
    -- Last record looked at for decisions of an older version, while planning.
    decided_upto text NOT NULL DEFAULT '',
    -- Last slot key planned or released in this phase.
    phase_cursor text NOT NULL DEFAULT '',
    phase_total int NOT NULL DEFAULT 0,
    -- Less what was final before this phase: run_counts.final is added to it.
    phase_final int NOT NULL DEFAULT 0,
    read int NOT NULL DEFAULT 0,
    -- Planned, and changed before they were let out.
    unfit int NOT NULL DEFAULT 0,
    -- Of the reads; those of writes are in run_counts.
    calls int NOT NULL DEFAULT 0,
    problem text
  );
  -- One live run a link: a slot of the schedule and a person asking at the same moment make one run, not two.
  CREATE UNIQUE INDEX runs_live ON runs (workspace_id, link_id)
    WHERE state IN ('requested', 'reading', 'planning', 'awaiting-approval', 'removing', 'upserting');
  CREATE INDEX runs_link ON runs (workspace_id, link_id, requested_at DESC);
  CREATE TABLE run_counts (
    -- No reference: it would lock the run's row, which the driver holds.
    run_id uuid NOT NULL,
    partition int NOT NULL,
    final int NOT NULL DEFAULT 0,
    created int NOT NULL DEFAULT 0,
    updated int NOT NULL DEFAULT 0,
    removed int NOT NULL DEFAULT 0,
    failed int NOT NULL DEFAULT 0,
    stopped int NOT NULL DEFAULT 0,
    removals_failed int NOT NULL DEFAULT 0,
    calls int NOT NULL DEFAULT 0,
    told_at timestamptz NOT NULL DEFAULT now(),
    -- One row a partition, apart from the run's own: outcomes never wait for the driver, which holds the run while it locks people, nor it for them.
    PRIMARY KEY (run_id, partition)
  );
  CREATE TABLE reads (
    read_id uuid PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES runs,
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    finished boolean NOT NULL DEFAULT false,
    complete boolean NOT NULL DEFAULT false,
    problem text,
    seen int NOT NULL DEFAULT 0,
    published int NOT NULL DEFAULT 0,
    calls int NOT NULL DEFAULT 0
  );
  CREATE INDEX reads_run ON reads (run_id);
  CREATE TABLE read_counts (
    read_id uuid NOT NULL,
    partition int NOT NULL,
    applied int NOT NULL DEFAULT 0,
    superseded int NOT NULL DEFAULT 0,
    stale int NOT NULL DEFAULT 0,
    -- Of people who were erased.
    suppressed int NOT NULL DEFAULT 0,
    -- One counter row a partition, so that consumers of different partitions never wait for each other.
    PRIMARY KEY (read_id, partition)
  );
  CREATE TABLE plan_items (
    run_id uuid NOT NULL REFERENCES runs,
    slot_key text COLLATE "C" NOT NULL,
    operation text NOT NULL CHECK (operation IN ('create', 'update', 'remove', 'unchanged', 'excluded')),
    payload_hash text NOT NULL,
    reason jsonb NOT NULL,
    -- Its profile was decided anew after the plan: left out, and listed.
    parked boolean NOT NULL DEFAULT false,
    PRIMARY KEY (run_id, slot_key, operation)
  );
  CREATE TABLE commands (
    -- A command that comes twice is obeyed and answered once.
    command_id text PRIMARY KEY,
    workspace_id text NOT NULL,
    command text NOT NULL,
    object text NOT NULL,
    issued_by text NOT NULL,
    answered_at timestamptz NOT NULL DEFAULT now(),
    -- Why it was refused, as a code and in words; null: obeyed.
    refusal_code text,
    refusal text,
    -- The run that goes on by it.
    run_id uuid,
    -- How many things it set going, where it counts.
    count int
  );
  CREATE TABLE workspace_stops (
    -- One stop a workspace, whoever asks for it at the same moment.
    workspace_id text PRIMARY KEY,
    stopped_by text NOT NULL,
    stopped_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE brake_lifts (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    -- Removals between runs that may still pass by it.
    removals int NOT NULL CHECK (removals >= 0),
    until timestamptz NOT NULL,
    lifted_by text NOT NULL,
    -- A later lift replaces the earlier: the two never add up unseen. Counted down under the link's lock.
    PRIMARY KEY (workspace_id, link_id)
  );
  CREATE TABLE held_removals (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    slot_key text NOT NULL,
    reason text NOT NULL,
    held_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, link_id, slot_key)
  );
  CREATE TABLE removals (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    slot_key text NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX removals_link ON removals (workspace_id, link_id, at);
  CREATE TABLE activities (
    workspace_id text NOT NULL,
    -- Provider and its event id: a delivery told twice is one entry.
    activity_id text NOT NULL,
    connection_id text NOT NULL,
    contact_id uuid,
    remote_id text,
    slot_key text,
    address text,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    text text NOT NULL,
    author text,
    campaign jsonb,
    state text NOT NULL CHECK (state IN ('waiting', 'written', 'failed', 'parked', 'observed')),
    problem text,
    -- Kind of the failure behind it.
    problem_kind text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, activity_id)
  );
  CREATE INDEX activities_contact ON activities (contact_id, at DESC);
  CREATE INDEX activities_record ON activities (workspace_id, connection_id, remote_id) WHERE remote_id IS NOT NULL;
  CREATE INDEX activities_address ON activities (workspace_id, address) WHERE address IS NOT NULL;
  CREATE INDEX activities_parked ON activities (workspace_id, address) WHERE state = 'parked';
  CREATE INDEX activities_at ON activities (workspace_id, at DESC);
`;
