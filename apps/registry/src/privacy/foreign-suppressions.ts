import type { Queryable } from '@kontaktor/persistence';
import type { PersonKey } from '@kontaktor/privacy';

/**
 * Why nothing may be written: people were erased under another master key, and would not be recognised when a source sends them again. A reason
 * not to be ready; `undefined`: all is well.
 */
export async function foreignSuppressions(db: Queryable, key: PersonKey): Promise<string | undefined> {
  const rows = await db.query('SELECT 1 FROM suppressions WHERE key_id <> $1 LIMIT 1', [key.id]);
  if (rows.length === 0) return undefined;
  return 'people were erased under another KONTAKTOR_MASTER_KEY and would not be kept out with this one; start with the key of that time';
}
