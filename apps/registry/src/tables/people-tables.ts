/** Frozen: who is who, consent, what should be. */
export const peopleTables = `
  CREATE TABLE connections (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    provider text NOT NULL,
    version int NOT NULL,
    enabled boolean NOT NULL,
    deleted boolean NOT NULL,
    PRIMARY KEY (workspace_id, connection_id)
  );
  CREATE TABLE links (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    version int NOT NULL,
    source_id text NOT NULL,
    destination_id text NOT NULL,
    deleted boolean NOT NULL,
    -- The LinkVersion as it was announced.
    body jsonb NOT NULL,
    -- Newest version of which a run has finished: only then do changes travel between runs.
    ready_version int NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, link_id)
  );
  CREATE TABLE contacts (
    contact_id uuid PRIMARY KEY,
    workspace_id text NOT NULL,
    -- Present and former addresses, normalised. Written under the locks of the addresses' rows.
    addresses text[] NOT NULL,
    former text[] NOT NULL DEFAULT '{}'
  );
  CREATE TABLE addresses (
    workspace_id text NOT NULL,
    address text NOT NULL,
    contact_ids uuid[] NOT NULL DEFAULT '{}',
    -- One row an address, locked in sorted order before anything of its people is read: two transactions that meet at an address never miss
    -- each other (an opt-out and a new contact with the same address).
    PRIMARY KEY (workspace_id, address)
  );
  CREATE TABLE contact_news (
    news_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL,
    -- Contacts that were changed by the transaction of this row; they are announced as they are by then, each once for all rows that name it.
    contact_ids uuid[] NOT NULL,
    correlation_id text,
    causation_id text,
    told_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE records (
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    remote_id text NOT NULL,
    contact_id uuid NOT NULL,
    presence text NOT NULL CHECK (presence IN ('present', 'removed', 'gone')),
    read_at timestamptz NOT NULL,
    grp text,
    -- Documents that are only kept and read as a whole are json: jsonb costs a half more to write, and is turned into text again for the reader.
    body json NOT NULL,
    PRIMARY KEY (workspace_id, connection_id, remote_id)
  );
  CREATE INDEX records_contact ON records (contact_id);
  CREATE INDEX records_group ON records (workspace_id, connection_id, grp) WHERE grp IS NOT NULL;
  CREATE TABLE consent (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id text NOT NULL,
    address text NOT NULL,
    purpose text NOT NULL,
    kind text NOT NULL,
    from_at timestamptz NOT NULL,
    to_at timestamptz NOT NULL,
    told_by text NOT NULL,
    how text NOT NULL,
    evidence text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    -- The same act told twice is one line.
    UNIQUE (workspace_id, address, purpose, kind, told_by, from_at)
  );
  CREATE TABLE remote_persons (
    remote_person_id uuid PRIMARY KEY,
    workspace_id text NOT NULL,
    connection_id text NOT NULL,
    remote_id text,
    address text NOT NULL,
    contact_id uuid,
    there json NOT NULL,
    ledger json NOT NULL,
    read_at timestamptz,
    -- When each piece of the person was read: an older reading of a piece never replaces a newer one.
    parts jsonb NOT NULL DEFAULT '{}',
    -- A reading came while a write was on its way and was not taken in: the person is read again when the write fails.
    unread boolean NOT NULL DEFAULT false,
    -- Adapter's time of our last call and its read lag: a reading before it may not show the write.
    written_at timestamptz,
    version bigint NOT NULL DEFAULT 0,
    -- Writes asked for and not final, oldest first (PendingWrite).
    pending jsonb NOT NULL DEFAULT '[]',
    -- Something else was let out while a write was pending: the last look calls that write superseded.
    stale boolean NOT NULL DEFAULT false,
    outcome text,
    problem text,
    -- Kind of the failure behind it, as adapters classify.
    problem_kind text,
    attempts int NOT NULL DEFAULT 0,
    retry_at timestamptz,
    outcome_at timestamptz,
    -- One row a person and connection: two links that meet a new person at once write to the same row.
    UNIQUE (workspace_id, connection_id, address)
    -- Written again with each outcome: with room on its page a row stays where it is, and its indexes as they are.
  ) WITH (fillfactor = 60);
  CREATE INDEX remote_persons_contact ON remote_persons (contact_id);
  CREATE INDEX remote_persons_failing ON remote_persons (workspace_id) WHERE problem IS NOT NULL;
  CREATE TABLE memberships (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    slot_key text NOT NULL,
    connection_id text NOT NULL,
    remote_id text NOT NULL,
    contact_id uuid NOT NULL,
    -- Normalised; null when there is none or it is malformed.
    address text,
    -- When the source last changed the record: for the rule "newest" of shared addresses.
    since text NOT NULL,
    link_version int NOT NULL,
    eligible boolean NOT NULL,
    reason jsonb NOT NULL,
    notices json NOT NULL,
    desired jsonb,
    desired_hash text NOT NULL,
    released json,
    released_hash text NOT NULL DEFAULT '',
    -- Address in the released state: another than the present one when the address was edited and the old place has to be left.
    released_address text,
    -- Addresses that were let go, until their removals are confirmed: a removal that failed is planned again.
    leaving text[] NOT NULL DEFAULT '{}',
    decided_at timestamptz NOT NULL DEFAULT now(),
    -- What stands at the destination changed: the next plan looks again.
    recheck boolean NOT NULL DEFAULT false,
    -- When it is to be released between runs.
    due_at timestamptz,
    urgent boolean NOT NULL DEFAULT false,
    outcome text NOT NULL DEFAULT 'held',
    marked boolean NOT NULL DEFAULT false,
    mark_version int NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace_id, link_id, slot_key)
    -- Written again when it is let out, and with the outcome.
  ) WITH (fillfactor = 60);
  CREATE INDEX memberships_record ON memberships (workspace_id, connection_id, remote_id);
  CREATE INDEX memberships_address ON memberships (workspace_id, address);
  CREATE INDEX memberships_released ON memberships (workspace_id, released_address) WHERE released_address IS NOT NULL;
  CREATE INDEX memberships_leaving ON memberships (workspace_id, link_id) WHERE leaving <> '{}';
  CREATE INDEX memberships_differing ON memberships (workspace_id, link_id, slot_key)
    WHERE desired_hash <> released_hash OR recheck OR leaving <> '{}';
  CREATE INDEX memberships_due ON memberships (urgent DESC, due_at) WHERE due_at IS NOT NULL;
  CREATE TABLE decisions (
    workspace_id text NOT NULL,
    link_id text NOT NULL,
    slot_key text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    eligible boolean NOT NULL,
    reason json NOT NULL,
    link_version int NOT NULL
  );
  CREATE INDEX decisions_slot ON decisions (workspace_id, link_id, slot_key, at);
`;
