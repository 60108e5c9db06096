import { messagingMigrations } from '@kontaktor/messaging';
import type { Migration } from '@kontaktor/persistence';
import { suppressionMigrations } from '@kontaktor/privacy';
import { budgetTables } from './calls/budget-tables';
import { connectionTables } from './connections/connection-tables';
import { workTables } from './delivery/work-tables';
import { intakeTables } from './intake/intake-tables';
import { webhookTables } from './webhooks/webhook-tables';

/** The schema of every adapter's service. */
export const hostMigrations: readonly Migration[] = [
  ...messagingMigrations,
  ...suppressionMigrations,
  { id: 'host-0001-connections', sql: connectionTables },
  { id: 'host-0002-intake', sql: intakeTables },
  { id: 'host-0003-work', sql: workTables },
  { id: 'host-0004-webhooks', sql: webhookTables },
  { id: 'host-0005-budgets', sql: budgetTables },
  // Those kept aside before were shown nowhere: read again, they become dead letters.
  { id: 'host-0006-unreadable-again', sql: `UPDATE deliveries SET state = 'waiting', claimed_by = NULL WHERE state = 'unreadable'` },
  // Pieces that each of the named records is thought to have: those that are not shown are told to be gone.
  { id: 'host-0007-parts-of-resend', sql: 'ALTER TABLE read_jobs ADD COLUMN parts text[]' },
  {
    id: 'host-0008-traceparents',
    // W3C trace context of what asked for the work, where that was traced.
    sql: ['work', 'deliveries', 'rereads', 'read_jobs'].map((table) => `ALTER TABLE ${table} ADD COLUMN traceparent text;`).join(' '),
  },
];
