import type { Queryable } from '@kontaktor/persistence';

/** What time it is, for every replica alike. */
export type Clock = (db: Queryable) => Promise<Date>;

/** The database's: replicas whose own clocks differ agree on it. */
export const databaseClock: Clock = async (db) => {
  const [row] = await db.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  if (row === undefined) throw new Error('The database did not say what time it is.');
  return row.now;
};

export const CLOCK = Symbol('Clock');
