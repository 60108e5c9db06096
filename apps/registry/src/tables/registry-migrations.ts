import { messagingMigrations } from '@kontaktor/messaging';
import type { Migration } from '@kontaktor/persistence';
import { peopleTables } from './people-tables';
import { runTables } from './run-tables';

export const registryMigrations: readonly Migration[] = [
  ...messagingMigrations,
  { id: 'registry-0001-people', sql: peopleTables },
  { id: 'registry-0002-runs', sql: runTables },
];
