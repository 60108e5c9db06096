import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import { providerKey, readConfig, type SealingKey } from '@kontaktor/config';
import type { Outbox } from '@kontaktor/messaging';
import type { Logger, Tracing } from '@kontaktor/observability';
import type { Database, Queryable } from '@kontaktor/persistence';
import { PersonKey } from '@kontaktor/privacy';
import type { ServiceContext } from '@kontaktor/service';
import { hostEnvironment } from './host-environment';
import { hostMetrics, type HostMetrics } from './host-metrics';

/** What the parts of an adapter's service share. */
export interface Host {
  readonly adapter: AdapterDefinition;
  /** Name of the service: what it consumes as. */
  readonly service: string;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly metrics: HostMetrics;
  readonly tracing: Tracing;
  /** Recognises people who were erased. */
  readonly personKey: PersonKey;
  /** Opens the secrets of this provider's connections. */
  readonly key: SealingKey;
  /** Unique to this process: holder of leases and claims. */
  readonly holder: string;
  readonly allowPrivate: boolean;
  readonly pollMs: number;
  readonly schemaMs: number;
  readonly registryUrl: () => string;
  readonly serviceToken: string;
}

export function hostOf(adapter: AdapterDefinition, context: ServiceContext): Host {
  const { database, logger, tracing, holder, settings, name: service } = context;
  return {
    ...{ adapter, service, database, logger, tracing, holder, outbox: context.messaging.outbox, metrics: hostMetrics(context) },
    ...{ allowPrivate: settings.allowPrivateUrls, registryUrl: settings.registryUrl, serviceToken: settings.serviceToken },
    key: providerKey(settings.masterKey, adapter.name),
    personKey: new PersonKey(settings.masterKey),
    pollMs: readConfig(hostEnvironment).KONTAKTOR_POLL * 1000,
    schemaMs: readConfig(hostEnvironment).KONTAKTOR_SCHEMA_CHECK * 1000,
  };
}

/**
 * The database's clock: the only one that times are compared by. Within a transaction, ask on its own connection: one that waits for a second can
 * wait for ever.
 */
export async function databaseTime({ database }: { readonly database: Queryable }): Promise<Date> {
  const [row] = await database.query<{ at: Date }>('SELECT clock_timestamp() AS at');
  if (row === undefined) throw new Error('The database did not tell its time.');
  return row.at;
}
