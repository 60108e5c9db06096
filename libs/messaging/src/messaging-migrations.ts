import { leaseMigrations, type Migration } from '@kontaktor/persistence';

/** Tables that every service with messages has in its own schema. */
export const messagingMigrations: readonly Migration[] = [
  ...leaseMigrations,
  {
    id: 'messaging-0001-create',
    sql: `
      CREATE TABLE outbox (
        -- Order of appending within a transaction. Commits may be seen out of order: the relay selects what is there, never by watermark.
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL,
        topic text NOT NULL,
        partition int NOT NULL,
        key text,
        -- A JSON array of events, carried as text.
        body text NOT NULL
      );
      CREATE TABLE inbox (
        consumer text NOT NULL,
        parcel_id uuid NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        -- A parcel takes effect once for each consumer, however often it comes.
        PRIMARY KEY (consumer, parcel_id)
      );
      CREATE INDEX inbox_received_at ON inbox (received_at);
      CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        consumer text NOT NULL,
        topic text NOT NULL,
        partition int NOT NULL,
        origin_offset text NOT NULL,
        event jsonb NOT NULL,
        reason text NOT NULL,
        attempts int NOT NULL,
        died_at timestamptz NOT NULL DEFAULT now(),
        sent_again_at timestamptz
      );`,
  },
  {
    id: 'messaging-0002-dead-letters-as-text',
    sql: 'ALTER TABLE dead_letters ALTER COLUMN event TYPE text USING event::text',
  },
  {
    id: 'messaging-0003-outbox-uncompressed',
    // Rows live for milliseconds: compressing them costs more than the rest of the insert.
    sql: 'ALTER TABLE outbox ALTER COLUMN body SET STORAGE EXTERNAL',
  },
  {
    id: 'messaging-0004-outbox-keys',
    sql: `
      ALTER TABLE outbox ALTER COLUMN key TYPE text[] USING CASE WHEN key IS NULL THEN NULL ELSE ARRAY[key] END;
      ALTER TABLE outbox RENAME COLUMN key TO keys;`,
  },
  {
    id: 'messaging-0005-outbox-traceparent',
    sql: 'ALTER TABLE outbox ADD COLUMN traceparent text',
  },
];
