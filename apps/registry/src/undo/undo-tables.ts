/** Frozen: what runs changed, and what was undone of it. */
export const undoTables = `
  ALTER TABLE runs DROP CONSTRAINT runs_mode_check, ADD CONSTRAINT runs_mode_check CHECK (mode IN ('full', 'dry', 'undo')),
    -- The run that it undoes.
    ADD COLUMN undoes uuid;
  ALTER TABLE plan_items DROP CONSTRAINT plan_items_operation_check, ADD CONSTRAINT plan_items_operation_check
    CHECK (operation IN ('create', 'update', 'remove', 'unchanged', 'excluded', 'kept', 'irreversible'));
  CREATE TABLE run_changes (
    run_id uuid NOT NULL,
    slot_key text COLLATE "C" NOT NULL,
    remote_person_id uuid NOT NULL,
    version bigint NOT NULL,
    -- WrittenChange: only what the write changed, with what stood there before.
    change json NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    -- An outcome that is told twice is kept once.
    PRIMARY KEY (run_id, slot_key, remote_person_id, version)
  );
  CREATE INDEX run_changes_at ON run_changes (at);
  CREATE INDEX run_changes_person ON run_changes (remote_person_id);
  CREATE TABLE undo_holds (
    -- The run that undoes, and the one that is undone.
    run_id uuid NOT NULL,
    undone uuid NOT NULL,
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    slot_key text NOT NULL,
    link_version int NOT NULL,
    -- What the membership wanted when it was planned; what its rules want, whatever it is held to.
    seen_hash text NOT NULL,
    wanted_hash text NOT NULL,
    -- Desire; null: nothing.
    hold json,
    -- When it was carried out; null: planned only.
    since timestamptz,
    PRIMARY KEY (run_id, slot_key)
  );
  -- One undo after the other holds a profile, never two at once to different things.
  CREATE UNIQUE INDEX undo_holds_standing ON undo_holds (workspace_id, link_id, slot_key) WHERE since IS NOT NULL;
`;
