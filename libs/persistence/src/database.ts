import { setTimeout as wait } from 'node:timers/promises';
import { types, type Pool, type PoolClient } from 'pg';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, Repository } from 'typeorm';
import { dataSourceOf, poolOf, type EntityClass } from './data-source';
import { isSerializationFailure } from './database-errors';
import { applyMigrations, migrationClass, type Migration } from './migrations';

// int8 comes as text by default; our counters and versions stay far below 2^53.
types.setTypeParser(types.builtins.INT8, (text) => Number(text));

export interface Queryable {
  query<Row extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** One entity a call: for what people do. Many rows go by set-based SQL, which is 30 to 120 times cheaper. */
export interface Repositories {
  repository<E extends ObjectLiteral>(entity: new () => E): Repository<E>;
}

/** One transaction, of SQL and of repositories alike. */
export interface Tx extends Queryable, Repositories {
  /** Last thing in the transaction, in order: for rows that many transactions lock, which are then held for moments only. */
  beforeCommit(action: () => Promise<void>): void;
  /** Once it is committed, never when it is rolled back. */
  afterCommit(action: () => void): void;
}

export interface DatabaseOptions {
  readonly url: string;
  /** PEM certificates that the server's is checked against: no connection without TLS then. `sslmode` in the URL does the same with files. */
  readonly ca?: string;
  /** The service's own schema; the search path is set to it alone. */
  readonly schema: string;
  readonly poolSize?: number;
  readonly entities?: readonly EntityClass[];
  readonly migrations?: readonly Migration[];
}

const mostAttempts = 4;
const lookEveryMs = 10;

/** A service's database: one schema, one data source with its pool, transactions that repeat themselves on deadlock. */
export class Database implements Queryable, Repositories {
  readonly schema: string;
  private readonly dataSource: DataSource;
  private connecting: Promise<Pool> | undefined;
  private closed = false;

  /** Connects with the first use; a failed attempt is made again with the next. */
  constructor({ url, ca, schema, poolSize = 8, entities = [], migrations = [] }: DatabaseOptions) {
    this.schema = schema;
    this.dataSource = dataSourceOf({ url, ca, schema, poolSize, entities, migrations: migrations.map(migrationClass) });
  }

  async query<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await (await this.pool()).query<Row>(sql, [...params])).rows;
  }

  /** Of a connected database: after `migrate`, or any query. */
  repository<E extends ObjectLiteral>(entity: new () => E): Repository<E> {
    return this.dataSource.getRepository(entity);
  }

  /** Runs `work` in a transaction; a deadlock or serialisation failure repeats the whole of it, up to four times. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt((runner, client, ends) => work(transactionOn(client, runner.manager, ends)));
      } catch (error) {
        if (!isSerializationFailure(error) || attempt === mostAttempts) throw error;
      }
    }
  }

  /** Brings the schema up to date, all of it or nothing; answers the ids of the migrations applied. */
  migrate(): Promise<readonly string[]> {
    return this.attempt((runner) => applyMigrations(this.dataSource, runner, this.schema));
  }

  /** Waits for what is in hand, also for what waits for a connection, then gives the connections back. */
  async close(): Promise<void> {
    this.closed = true;
    const pool = await this.connecting?.catch(() => undefined);
    // A pool that ends forgets who still waits: they would wait for ever, and so would a stop that waits for them.
    while (pool !== undefined && pool.waitingCount > 0) await wait(lookEveryMs);
    // The pool's own end: the data source's would take connections away from transactions in hand.
    if (pool !== undefined && !pool.ending) await pool.end();
  }

  private async attempt<T>(work: (runner: QueryRunner, client: PoolClient, ends: Ends) => Promise<T>): Promise<T> {
    await this.pool();
    const runner = this.dataSource.createQueryRunner();
    const ends: Ends = { before: [], after: [] };
    try {
      const client: PoolClient = await runner.connect();
      await runner.startTransaction();
      const result = await work(runner, client, ends);
      for (const action of ends.before) await action();
      await runner.commitTransaction();
      for (const action of ends.after) action();
      return result;
    } catch (error) {
      // Fails only on a connection that is gone, and the transaction with it; the pool drops such a one.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private pool(): Promise<Pool> {
    return (this.connecting ??= this.connect());
  }

  private async connect(): Promise<Pool> {
    try {
      if (this.closed) throw new Error(`The database of schema ${this.schema} is closed.`);
      const pool = poolOf(await this.dataSource.initialize());
      pool.on('connect', (client) => client.on('error', () => undefined));
      return pool;
    } catch (error) {
      this.connecting = undefined;
      throw error;
    }
  }
}

/** What a transaction ends with. */
interface Ends {
  readonly before: (() => Promise<void>)[];
  readonly after: (() => void)[];
}

function transactionOn(client: PoolClient, manager: EntityManager, ends: Ends): Tx {
  return {
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => (await client.query<Row>(sql, [...params])).rows,
    repository: (entity) => manager.getRepository(entity),
    beforeCommit: (action) => ends.before.push(action),
    afterCommit: (action) => ends.after.push(action),
  };
}
