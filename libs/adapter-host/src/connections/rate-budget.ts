import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@kontaktor/persistence';

interface Limits {
  readonly requests: number;
  readonly windowMs: number;
}

/**
 * Calls a window, shared by all replicas through Postgres: a process takes slices of the window's budget and lets what is left of them go when
 * the window ends. A tenth is never handed out, so that the provider's own count is not reached by clocks that differ.
 */
export class RateBudget {
  private left = 0;
  private windowEnd = 0;
  private taking: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly key: string,
    private readonly limits: Limits,
  ) {}

  /** Resolves when a call may be made. */
  take(): Promise<void> {
    // One after the other, so that two callers do not use the same token.
    this.taking = this.taking.catch(() => undefined).then(() => this.takeOne());
    return this.taking;
  }

  private async takeOne(): Promise<void> {
    while (this.left <= 0 || Date.now() >= this.windowEnd) await this.nextSlice();
    this.left -= 1;
  }

  private async nextSlice(): Promise<void> {
    const { requests, windowMs } = this.limits;
    const [usable, slice] = [Math.floor(requests * 0.9), Math.max(1, Math.floor(requests / 20))];
    const [granted] = await this.database.query<{ ends_in: number }>(
      `INSERT INTO budgets AS b (key, window_start, used) VALUES ($1, now(), $2)
       ON CONFLICT (key) DO UPDATE SET
         used = CASE WHEN b.window_start + $3 * interval '1 ms' <= now() THEN $2 ELSE b.used + $2 END,
         window_start = CASE WHEN b.window_start + $3 * interval '1 ms' <= now() THEN now() ELSE b.window_start END
       WHERE b.window_start + $3 * interval '1 ms' <= now() OR b.used + $2 <= $4
       RETURNING ${endsIn}`,
      [this.key, slice, windowMs, usable],
    );
    const [row] =
      granted === undefined
        ? await this.database.query<{ ends_in: number }>(`SELECT ${endsIn} FROM budgets b WHERE key = $1 AND $2 > 0 AND $3 > 0`, [
            this.key,
            slice,
            windowMs,
          ])
        : [granted];
    const remaining = Math.max(1, row?.ends_in ?? windowMs);
    this.left = granted === undefined ? 0 : slice;
    this.windowEnd = Date.now() + remaining;
    if (granted === undefined) await wait(remaining);
  }
}

const endsIn = "extract(epoch FROM (b.window_start + $3 * interval '1 ms' - now()))::float8 * 1000 AS ends_in";
