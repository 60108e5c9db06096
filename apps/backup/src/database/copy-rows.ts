import { once } from 'node:events';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { TableBytes } from '../archive/write-archive';
import { columnList, quoted, type TableOf } from './tables-of';

/** The rows of a table as the connection's transaction sees them. */
export function copyOut(client: Client, table: TableOf): TableBytes {
  const stream = client.query(copyTo(`COPY ${quoted(table)} (${columnList(table)}) TO STDOUT`));
  return { table: `${table.schema}.${table.name}`, bytes: stream, rows: () => stream.rowCount };
}

/** Takes pieces of one table in, in order. */
export class CopyIn {
  private readonly stream;
  private failure: Error | undefined;

  constructor(
    client: Client,
    readonly table: TableOf,
  ) {
    this.stream = client.query(copyFrom(`COPY ${quoted(table)} (${columnList(table)}) FROM STDIN`));
    this.stream.on('error', (error: Error) => (this.failure = error));
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    if (!this.stream.write(bytes)) await once(this.stream, 'drain');
  }

  /** Ends it with nothing taken in. That the server calls this a failure is no news. */
  abort(): Promise<void> {
    return new Promise((resolve) => {
      this.stream.once('close', () => resolve());
      this.stream.destroy();
    });
  }

  /** Answers how many rows there were. */
  async end(): Promise<number> {
    if (this.failure !== undefined) throw this.failure;
    this.stream.end();
    await once(this.stream, 'finish');
    return this.stream.rowCount;
  }
}

/** The next value of each counted column comes after those that were taken in. */
export async function countOn(client: Client, table: TableOf): Promise<void> {
  for (const column of table.counted)
    await client.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), coalesce((SELECT max("${column}") FROM ${quoted(table)}), 0) + 1, false)`,
      [quoted(table), column],
    );
}
