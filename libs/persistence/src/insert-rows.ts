import { arrayText } from './array-text';
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
 * Inserts rows in sets of 1000: one statement a set, the same text whatever the number of rows. Columns travel as arrays, those of JSON as one
 * JSON text, which Postgres takes apart without anything in it being escaped twice.
 */
export async function insertRows<Row extends object, Out extends object = Record<string, unknown>>(
  db: Queryable,
  table: string,
  columns: Columns,
  rows: readonly Row[],
  options: InsertOptions = {},
): Promise<Out[]> {
  const names = Object.keys(columns).join(', ');
  const sql = [
    `INSERT INTO ${table} (${names}) SELECT ${names} FROM ${unnestOf(columns)}`,
    options.onConflict ?? '',
    options.returning === undefined ? '' : `RETURNING ${options.returning}`,
  ].join(' ');
  const out: Out[] = [];
  for (let start = 0; start < rows.length; start += chunkSize) {
    const set = rows.length <= chunkSize ? rows : rows.slice(start, start + chunkSize);
    for (const row of await db.query<Out>(sql, columnArrays(columns, set))) out.push(row);
  }
  return out;
}

/** Rows of typed columns, for use in one's own statements (`FROM ${unnestOf(columns, 'fresh')}`), with `columnArrays` for its parameters. */
export function unnestOf(columns: Columns, alias = 'rows'): string {
  const given = Object.entries(columns).map(([name, type], index) => ({ name, type, place: `$${index + 1}` }));
  const sources = given.map(({ type, place }) =>
    isJson(type) ? `${type}_array_elements(${place}::${type})` : `unnest(${place}::${isArray(type) ? 'text' : type}[])`,
  );
  const selected = given.map(({ name, type }) => {
    if (isJson(type)) return `CASE WHEN ${type}_typeof(${name}) <> 'null' THEN ${name} END AS ${name}`;
    return isArray(type) ? `${name}::${type}` : name;
  });
  return `(SELECT ${selected.join(', ')} FROM ROWS FROM (${sources.join(', ')}) AS given(${given.map(({ name }) => name).join(', ')})) AS ${alias}`;
}

/** One parameter a column, as `unnestOf` wants them. */
export function columnArrays(columns: Columns, rows: readonly object[]): string[] {
  return Object.entries(columns).map(([name, type]) => {
    const values = rows.map((row): unknown => Reflect.get(row, name));
    return isJson(type) ? JSON.stringify(values) : arrayText(values);
  });
}

const isJson = (type: string): boolean => type === 'json' || type === 'jsonb';
/** Arrays within an array travel as texts: `unnest` would flatten them. */
const isArray = (type: string): boolean => type.endsWith('[]');
