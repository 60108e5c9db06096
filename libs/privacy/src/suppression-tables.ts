import type { Migration } from '@kontaktor/persistence';

/** Who was erased and stays out, as keyed hashes: in the schema of every service that takes people in. */
export const suppressionMigrations: readonly Migration[] = [
  {
    id: 'privacy-0001-suppressions',
    sql: `
      CREATE TABLE suppressions (
        workspace_id text NOT NULL,
        hash text NOT NULL,
        key_id text NOT NULL,
        erasure_id uuid NOT NULL,
        since timestamptz NOT NULL,
        -- Erased twice, or told twice, is one row: lifting it once lets the person in.
        PRIMARY KEY (workspace_id, hash)
      );
      CREATE INDEX suppressions_erasure ON suppressions (erasure_id);`,
  },
];
