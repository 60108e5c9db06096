import type { Database } from '@kontaktor/persistence';
import { BackgroundLoop } from './background-loop';
import type { ServiceContext } from './service-context';

/** Rows of `table` go when `column` (a timestamptz, indexed where the table grows) is more than `days` ago. */
export interface Retention {
  readonly table: string;
  readonly column: string;
  readonly days: number;
}

const hour = 60 * 60 * 1000;
const rowsPerBatch = 5000;

/** Inbox rows outlive the retention of topics (14 days) by two. Dead letters stay until somebody sent them again. */
const common: readonly Retention[] = [
  { table: 'inbox', column: 'received_at', days: 16 },
  { table: 'dead_letters', column: 'sent_again_at', days: 30 },
];

/** Deletes one batch of expired rows from each table; answers whether there may be more. */
export async function removeExpired(database: Database, retention: readonly Retention[]): Promise<boolean> {
  let more = false;
  for (const { table, column, days } of retention) {
    const removed = await database.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM ${table} WHERE ${column} < now() - $1 * interval '1 day' LIMIT ${rowsPerBatch})) RETURNING 1`,
      [days],
    );
    more ||= removed.length === rowsPerBatch;
  }
  return more;
}

export function startHousekeeping({ database, logger }: ServiceContext, own: readonly Retention[]): BackgroundLoop {
  const loop = new BackgroundLoop({
    idleMs: hour,
    onError: (error) => logger.error({ err: error }, 'housekeeping'),
    runOnce: () => removeExpired(database, [...common, ...own]),
  });
  loop.start();
  return loop;
}
