import type { Pool } from 'pg';
import { AbstractLogger, DataSource, type MigrationInterface } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { PostgresNames } from './postgres-names';

/** A class with TypeORM's `@Entity`. */
export type EntityClass = new () => object;

export interface DataSourceSettings {
  readonly url: string;
  readonly ca?: string;
  readonly schema: string;
  readonly poolSize: number;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

/** Whoever asks gets a failure as an error; TypeORM need not print it too, with parameters that are personal data. */
class SilentLogger extends AbstractLogger {
  protected override isLogEnabledFor(): boolean {
    return false;
  }

  protected writeLog(): void {}
}

/** Not connected yet. The schema is changed by migrations alone. */
export function dataSourceOf({ url, ca, schema, poolSize, entities, migrations }: DataSourceSettings): DataSource {
  return new DataSource({
    ...{ type: 'postgres', url, schema, poolSize, applicationName: `kontaktor ${schema}` },
    ...(ca === undefined ? {} : { ssl: { ca } }),
    ...{ entities: [...entities], migrations: [...migrations], namingStrategy: new PostgresNames() },
    ...{ synchronize: false, migrationsRun: false, installExtensions: false },
    logger: new SilentLogger(),
    // A connection that breaks is replaced by the pool; whoever uses it gets the error from the query itself.
    poolErrorHandler: () => undefined,
    // Sets of a thousand rows look costly to the planner: compiling them takes longer than running them. Indexes are in memory or on an SSD.
    extra: { options: `-c search_path=${schema} -c jit=off -c random_page_cost=1.1` },
  });
}

/** The one pool of a connected data source: set-based SQL goes straight to it. */
export function poolOf({ driver }: DataSource): Pool {
  if (!(driver instanceof PostgresDriver)) throw new Error('The data source is not one of Postgres.');
  return driver.master;
}
