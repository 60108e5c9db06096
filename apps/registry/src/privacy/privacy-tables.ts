/** Frozen: erasures with their receipts. Nobody is named in them. */
export const privacyTables = `
  CREATE TABLE erasures (
    -- The command's id: an order that comes twice is one erasure.
    erasure_id uuid PRIMARY KEY,
    workspace_id text NOT NULL,
    -- Keyed hash of the address that was asked for.
    subject text NOT NULL,
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    lifted_at timestamptz,
    lifted_by text
  );
  CREATE INDEX erasures_asked ON erasures (workspace_id, asked_at);
  CREATE TABLE erasure_places (
    erasure_id uuid NOT NULL REFERENCES erasures,
    -- registry, service/<name>, connection/<id>, topics, backups
    place text NOT NULL,
    -- The remote person at a connection; empty elsewhere.
    item text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'done', 'by-hand', 'kept', 'expires')),
    -- In English and Czech.
    note json NOT NULL,
    removed json NOT NULL DEFAULT '{}',
    done_at timestamptz,
    expires_at timestamptz,
    -- Several addresses at one connection are several items: each is reported once, whichever comes first.
    PRIMARY KEY (erasure_id, place, item)
  );
  CREATE INDEX erasure_places_item ON erasure_places (item) WHERE item <> '';
`;
