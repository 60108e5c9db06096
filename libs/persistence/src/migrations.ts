import { createHash } from 'node:crypto';
import { MigrationExecutor, type DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Frozen SQL: once released it is never edited; a later change is another migration (expand, then contract). */
export interface Migration {
  /** Without blanks. */
  readonly id: string;
  readonly sql: string;
}

/** TypeORM runs by the 13 digits at the end of a name; with the same ones everywhere the order of the list holds. */
const order = '0000000000001';

/** `<id> <checksum> <order>`: an edited migration is known by its name in TypeORM's table. */
export const migrationName = ({ id, sql }: Migration): string =>
  `${id} ${createHash('sha256').update(sql).digest('hex').slice(0, 32)} ${order}`;

const idIn = (name: string): string => name.split(' ')[0] ?? name;

/** The migration as a class of TypeORM's. */
export function migrationClass(migration: Migration): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = migrationName(migration);

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(migration.sql);
    }

    down(): Promise<void> {
      return Promise.reject(new Error(`Migration ${migration.id} is not undone; what it did is changed by another migration.`));
    }
  };
}

/**
 * Brings the schema of a connected data source up to date, in the runner's transaction and under an advisory lock, so that replicas starting
 * together do not race. Answers the ids of what was applied.
 * @throws when a migration was edited after it ran
 */
export async function applyMigrations(dataSource: DataSource, runner: QueryRunner, schema: string): Promise<readonly string[]> {
  await runner.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`migrations ${schema}`]);
  await runner.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  const executor = new MigrationExecutor(dataSource, runner);
  refuseEdited(await executor.getExecutedMigrations(), dataSource.migrations, schema);
  return (await executor.executePendingMigrations()).map(({ name }) => idIn(name));
}

function refuseEdited(applied: readonly { readonly name: string }[], wanted: readonly MigrationInterface[], schema: string): void {
  const names = new Map(applied.map(({ name }) => [idIn(name), name]));
  for (const { name = '' } of wanted) {
    const before = names.get(idIn(name));
    if (before !== undefined && before !== name)
      throw new Error(`Migration ${idIn(name)} of schema ${schema} was edited after it ran; add another migration instead.`);
  }
}
