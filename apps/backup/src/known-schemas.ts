import { embeddedLogMigrations } from '@kontaktor/messaging';
import type { Migration, Tx } from '@kontaktor/persistence';
import { schemaOf } from '@kontaktor/service';
import { services } from '@kontaktor/standalone';
import type { Client } from 'pg';
import { keepSuppressed } from './database/keep-suppressed';

/** One schema of the product. */
export interface KnownSchema {
  readonly schema: string;
  readonly migrations: readonly Migration[];
  /** The service that owns it is its consumer group too; absent: the log of the embedded transport. */
  readonly group?: string;
  readonly afterRestore?: (tx: Tx) => Promise<void>;
  /** Takes over from the schema that is replaced what must not be lost with it. */
  readonly keep?: (client: Client, replaced: string, restored: string) => Promise<void>;
}

/** Every schema a Kontaktor can have; the event log is missing where events travel through Kafka. */
export const knownSchemas: readonly KnownSchema[] = [
  ...services.map((service) => ({
    schema: schemaOf(service),
    migrations: service.migrations,
    group: service.name,
    afterRestore: service.afterRestore,
  })),
  { schema: 'event_log', migrations: embeddedLogMigrations, keep: keepSuppressed },
];
