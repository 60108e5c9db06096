import { messagingMigrations } from '@kontaktor/messaging';
import type { Migration } from '@kontaktor/persistence';
import { suppressionMigrations } from '@kontaktor/privacy';
import { privacyTables } from '../privacy/privacy-tables';
import { driftTables } from './drift-tables';
import { lookupTables } from './lookup-tables';
import { undoTables } from '../undo/undo-tables';
import { peopleTables } from './people-tables';
import { runTables } from './run-tables';

export const registryMigrations: readonly Migration[] = [
  ...messagingMigrations,
  ...suppressionMigrations,
  { id: 'registry-0001-people', sql: peopleTables },
  { id: 'registry-0002-runs', sql: runTables },
  { id: 'registry-0003-privacy', sql: privacyTables },
  { id: 'registry-0004-drift', sql: driftTables },
  { id: 'registry-0005-lookups', sql: lookupTables },
  { id: 'registry-0006-undo', sql: undoTables },
  // W3C trace context of what asked for the run, where that was traced.
  { id: 'registry-0007-run-traceparent', sql: 'ALTER TABLE runs ADD COLUMN traceparent text' },
  // That of what was decided last for between runs.
  { id: 'registry-0008-membership-traceparent', sql: 'ALTER TABLE memberships ADD COLUMN traceparent text' },
];
