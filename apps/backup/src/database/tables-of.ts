import type { Client } from 'pg';

/** A table in the order in which its rows can be written: what it refers to comes before it. */
export interface TableOf {
  readonly schema: string;
  readonly name: string;
  /** Without those that Postgres computes itself. */
  readonly columns: readonly string[];
  /** Columns whose next value Postgres counts. */
  readonly counted: readonly string[];
}

/** TypeORM's own: written by running the migrations. */
const migrationsTable = 'migrations';

const sql = `
  SELECT c.relname AS name,
    array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns,
    coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) IS NOT NULL), '{}') AS counted,
    (SELECT coalesce(array_agg(f.confrelid::regclass::text), '{}') FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS refers
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname <> $2 GROUP BY c.oid, n.nspname, c.relname ORDER BY c.relname`;

interface Row {
  readonly name: string;
  readonly columns: readonly string[];
  readonly counted: readonly string[];
  readonly refers: readonly string[];
}

/** Tables of a schema; none: it is not in this database. */
export async function tablesOf(client: Client, schema: string): Promise<readonly TableOf[]> {
  const { rows } = await client.query<Row>(sql, [schema, migrationsTable]);
  const waiting = [...rows];
  const ordered: TableOf[] = [];
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const next = waiting.findIndex(({ refers }) => refers.every((other) => !names.has(bare(other))));
    const [row] = waiting.splice(Math.max(next, 0), 1);
    if (row !== undefined) ordered.push({ schema, name: row.name, columns: row.columns, counted: row.counted });
  }
  return ordered;
}

const bare = (qualified: string): string => qualified.split('.').at(-1) ?? qualified;

/** Names of the migrations that ran in a schema, each with its checksum, in their order. */
export async function migrationsOf(client: Client, schema: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM "${schema}".${migrationsTable} ORDER BY id`);
  return rows.map(({ name }) => name);
}

export const quoted = ({ schema, name }: Pick<TableOf, 'schema' | 'name'>): string => `"${schema}"."${name}"`;
export const columnList = ({ columns }: TableOf): string => columns.map((column) => `"${column}"`).join(', ');
