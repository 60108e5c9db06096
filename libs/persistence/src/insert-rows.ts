import type { Queryable } from './database';

/** Column name -> Postgres type of one value (`text`, `jsonb`, `timestamptz`, `text[]` …). */
export type Columns = Readonly<Record<string, string>>;

export interface InsertOptions {
  /** Raw `ON CONFLICT …` clause. */
  readonly onConflict?: string;
  /** Raw `RETURNING …` list. */
  readonly returning?: string;
}

const chunkSize = 1000;

/**
 * Inserts rows in sets of 1000 by `unnest`: one statement a set, the same prepared text whatever the number of rows. `jsonb` and array columns
 * travel as JSON text, because `unnest` would flatten them.
 */
export async function insertRows<Row extends object, Out extends object = Record<string, unknown>>(
  db: Queryable,
  table: string,
  columns: Columns,
  rows: readonly Row[],
  options: InsertOptions = {},
): Promise<Out[]> {
  const names = Object.keys(columns);
  const sql = [
    `INSERT INTO ${table} (${names.join(', ')})`,
    `SELECT ${names.map((name) => selectOf(name, columns[name] ?? 'text')).join(', ')} FROM ${unnestOf(columns)}`,
    options.onConflict ?? '',
    options.returning === undefined ? '' : `RETURNING ${options.returning}`,
  ].join(' ');
  const out: Out[] = [];
  for (let start = 0; start < rows.length; start += chunkSize) {
    out.push(...(await db.query<Out>(sql, columnArrays(columns, rows.slice(start, start + chunkSize)))));
  }
  return out;
}

/** `unnest($1::text[], …) AS rows(a, b)` for use in one's own statements, with `columnArrays` for its parameters. */
export function unnestOf(columns: Columns, alias = 'rows'): string {
  const names = Object.keys(columns);
  const casts = names.map((name, index) => `$${index + 1}::${travelsAsText(columns[name] ?? '') ? 'text' : columns[name]}[]`);
  return `unnest(${casts.join(', ')}) AS ${alias}(${names.join(', ')})`;
}

/** One array a column, as `unnestOf` wants them. */
export function columnArrays(columns: Columns, rows: readonly object[]): unknown[][] {
  return Object.entries(columns).map(([name, type]) => {
    const encode = travelsAsText(type) ? encodeJson : (value: unknown) => value ?? null;
    return rows.map((row) => encode(Reflect.get(row, name)));
  });
}

const travelsAsText = (type: string): boolean => type === 'jsonb' || type.endsWith('[]');
const encodeJson = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

function selectOf(name: string, type: string): string {
  if (type === 'jsonb') return `${name}::jsonb`;
  if (type.endsWith('[]'))
    return `CASE WHEN ${name} IS NULL THEN NULL ELSE ARRAY(SELECT jsonb_array_elements_text(${name}::jsonb))::${type} END`;
  return name;
}
