import type { Queryable } from '@kontaktor/persistence';
import { hintsOf, withoutPerson, type NamedPerson } from './named-person';

/** A table whose rows hold texts of others: raw deliveries, events that could not be read. */
interface TextTable {
  readonly table: string;
  /** Its key, as SQL. */
  readonly key: string;
  readonly column: string;
  /** SQL that says which rows are looked at, with the workspace as $2. */
  readonly where?: string;
}

const rowsPerRound = 200;

/** Takes the person out of the texts of a table; a row of which nothing is left goes. Answers how many rows that were. */
export async function eraseFromTexts(
  tx: Queryable,
  person: NamedPerson,
  { table, key, column, where = '$2::text IS NOT NULL' }: TextTable,
): Promise<number> {
  const hints = hintsOf(person);
  let [changed, after] = [0, ''];
  for (;;) {
    const rows = await tx.query<{ key: string; text: string }>(
      `SELECT ${key}::text AS key, ${column}::text AS text FROM ${table}
       WHERE ${where} AND ${key}::text > $3 AND EXISTS (SELECT FROM unnest($1::text[]) AS hint WHERE strpos(lower(${column}::text), hint) > 0)
       ORDER BY ${key}::text LIMIT ${rowsPerRound} FOR UPDATE`,
      [hints, person.workspaceId, after],
    );
    for (const row of rows) {
      const left = withoutPerson(row.text, person);
      if (left === row.text) continue;
      changed += 1;
      if (left === null) await tx.query(`DELETE FROM ${table} WHERE ${key}::text = $1`, [row.key]);
      else await tx.query(`UPDATE ${table} SET ${column} = $2 WHERE ${key}::text = $1`, [row.key, left]);
    }
    if (rows.length < rowsPerRound) return changed;
    after = rows.at(-1)?.key ?? '';
  }
}
