import { Database, type DatabaseOptions } from './database';
import { dataSourceOf, type DataSourceSettings } from './data-source';
import { describeSchema } from './describe-schema';

export type DriftOptions = Required<Pick<DatabaseOptions, 'url' | 'schema' | 'entities' | 'migrations'>>;

/**
 * What differs between the tables that the migrations make of an empty database and those that the entities describe; empty: nothing.
 * TypeORM's schema builder is asked what it would do, and what it does not look at is compared in the catalogue with tables made from the
 * entities: conditions of indexes, expressions of checks, order of columns in keys, tables without an entity. Not compared, because TypeORM
 * cannot say them: direction (DESC) of an index's column, storage parameters, functions.
 */
export async function schemaDrift({ url, schema, entities, migrations }: DriftOptions): Promise<readonly string[]> {
  const database = new Database({ url, schema, entities, migrations });
  const settings = { url, schema, entities, migrations: [], poolSize: 1 };
  const madeOfEntities = `${schema}_of_entities`;
  try {
    await database.migrate();
    const wanted = await statementsWanted(settings);
    await database.query(`CREATE SCHEMA ${madeOfEntities}`);
    await synchronise({ ...settings, schema: madeOfEntities });
    const [migrated, described] = [await describeSchema(database, schema), await describeSchema(database, madeOfEntities)];
    return [
      ...wanted.map((sql) => `TypeORM would run: ${sql}`),
      ...migrated.filter((line) => !described.includes(line)).map((line) => `only the migrations have: ${line}`),
      ...described.filter((line) => !migrated.includes(line)).map((line) => `only the entities have: ${line}`),
    ];
  } finally {
    await database.close();
  }
}

async function statementsWanted(settings: DataSourceSettings): Promise<string[]> {
  const source = await dataSourceOf(settings).initialize();
  try {
    return (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
  } finally {
    await source.destroy();
  }
}

/** A table without a key is an entity with `synchronize: false`: TypeORM wants to be told a key, which is taken away again. */
async function synchronise(settings: DataSourceSettings): Promise<void> {
  const source = await dataSourceOf(settings).initialize();
  try {
    const keyless = source.entityMetadatas.filter(({ synchronize }) => !synchronize);
    for (const metadata of keyless) metadata.synchronize = true;
    await source.synchronize();
    for (const { tableName } of keyless)
      await source.query(`ALTER TABLE ${settings.schema}.${tableName} DROP CONSTRAINT ${tableName}_pkey`);
  } finally {
    await source.destroy();
  }
}
