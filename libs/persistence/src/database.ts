import { Pool, types, type PoolClient } from 'pg';
import { isSerializationFailure } from './database-errors';

// int8 comes as text by default; our counters and versions stay far below 2^53.
types.setTypeParser(types.builtins.INT8, (text) => Number(text));

export interface Queryable {
  query<Row extends object = Record<string, unknown>>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
}

/** One transaction. `afterCommit` actions run once it is committed, never when it is rolled back. */
export interface Tx extends Queryable {
  afterCommit(action: () => void): void;
}

export interface DatabaseOptions {
  readonly url: string;
  /** The service's own schema; the search path is set to it alone. */
  readonly schema: string;
  readonly poolSize?: number;
}

const mostAttempts = 4;

/** A service's database: one schema, a pool, transactions that repeat themselves on deadlock. */
export class Database implements Queryable {
  readonly schema: string;
  private readonly pool: Pool;

  constructor({ url, schema, poolSize = 8 }: DatabaseOptions) {
    this.schema = schema;
    this.pool = new Pool({
      connectionString: url,
      max: poolSize,
      options: `-c search_path=${schema}`,
      application_name: `kontaktor ${schema}`,
    });
    // A connection that breaks is replaced by the pool; whoever uses it gets the error from the query itself.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async query<Row extends object>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, [...params])).rows;
  }

  /** Runs `work` in a transaction; a deadlock or serialisation failure repeats the whole of it, up to four times. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isSerializationFailure(error) || attempt === mostAttempts) throw error;
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const actions: (() => void)[] = [];
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(transactionOn(client, actions));
      await client.query('COMMIT');
      for (const action of actions) action();
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}

function transactionOn(client: PoolClient, actions: (() => void)[]): Tx {
  return {
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) => (await client.query<Row>(sql, [...params])).rows,
    afterCommit: (action) => actions.push(action),
  };
}
