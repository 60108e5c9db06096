import type { SealingKey } from '@kontaktor/config';
import type { ServiceMessaging } from '@kontaktor/messaging';
import type { Logger, Metrics, Tracing } from '@kontaktor/observability';
import type { Database, EntityClass, Migration, Tx } from '@kontaktor/persistence';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Retention } from './housekeeping';

/** What all services of one installation share. URLs are functions: in the standalone they are known only when all have started. */
export interface SharedSettings {
  readonly masterKey: SealingKey;
  /** Bearer token of internal HTTP. */
  readonly serviceToken: string;
  readonly allowPrivateUrls: boolean;
  readonly registryUrl: () => string;
  /** Where providers reach webhook-ingest. */
  readonly webhookUrl: () => string;
}

/** Everything a service's parts are made from. */
export interface ServiceContext {
  readonly name: string;
  readonly database: Database;
  readonly messaging: ServiceMessaging;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly settings: SharedSettings;
  /** Unique to this process: holder of leases and claims. */
  readonly holder: string;
  /** Base URL of this service's own HTTP, once it listens. */
  readonly ownUrl: () => string;
  /** Reasons why the service is not ready, asked by `/health/ready`. */
  readonly readiness: Map<string, () => Promise<string | undefined>>;
}

/** One service: its tables and its Nest module. The same definition runs as a process of its own and in the standalone. */
export interface ServiceDefinition {
  /** Also the consumer group; with `_` for `-` the Postgres schema. Never renamed. */
  readonly name: string;
  readonly migrations: readonly Migration[];
  /** One a table: after the migrations they say the same as the database. */
  readonly entities?: readonly EntityClass[];
  /** Controllers with `@BatchHandler` methods, providers and background loops. `SERVICE_CONTEXT` can be injected. */
  readonly module: Type | DynamicModule;
  /** Called with the application before it listens, wherever the service runs: headers, OpenAPI. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
  /** How long rows of the service's own tables are kept; absent: for good. */
  readonly retention?: readonly Retention[];
  /**
   * Called once on the service's tables after they came back from a backup, before anything runs on them: what has happened since the backup is
   * not known, neither here nor at the providers.
   */
  readonly afterRestore?: (tx: Tx) => Promise<void>;
}

/** The Postgres schema of a service. */
export const schemaOf = ({ name }: Pick<ServiceDefinition, 'name'>): string => name.replace(/-/g, '_');

export const SERVICE_CONTEXT = Symbol('ServiceContext');
