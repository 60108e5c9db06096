import { messagingMigrations } from '@kontaktor/messaging';
import type { Migration } from '@kontaktor/persistence';

export const schedulerMigrations: readonly Migration[] = [
  ...messagingMigrations,
  {
    id: 'scheduler-0001-create',
    sql: `
      CREATE TABLE link_schedules (
        workspace_id text NOT NULL,
        link_id text NOT NULL,
        -- Of the link. A deleted link's row stays, so that an older version read again does not bring it back.
        version int NOT NULL,
        schedule jsonb,
        -- Since when the link is enabled with this schedule; null: it is not.
        anchor timestamptz,
        -- The first slot not yet fired; null: none will come.
        next_slot timestamptz,
        PRIMARY KEY (workspace_id, link_id),
        -- A disabled or deleted link, or one without a schedule, never fires.
        CHECK (next_slot IS NULL OR (anchor IS NOT NULL AND schedule IS NOT NULL))
      );
      CREATE INDEX link_schedules_next_slot ON link_schedules (next_slot) WHERE next_slot IS NOT NULL;
      CREATE TABLE fired_slots (
        workspace_id text NOT NULL,
        link_id text NOT NULL,
        slot timestamptz NOT NULL,
        run_id text NOT NULL,
        fired_at timestamptz NOT NULL DEFAULT now(),
        -- Two replicas, or a schedule edited to and fro, that come to the same slot fire it once.
        PRIMARY KEY (workspace_id, link_id, slot)
      );
      CREATE INDEX fired_slots_fired_at ON fired_slots (fired_at);`,
  },
];
