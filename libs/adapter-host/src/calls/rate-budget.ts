import { rateLimited } from '@kontaktor/adapter-kit';
import type { Database } from '@kontaktor/persistence';

export interface BudgetLimits {
  /** Calls a window. */
  readonly requests: number;
  readonly windowMs: number;
  /** Calls side by side. */
  readonly parallel: number;
}

export interface BudgetOptions {
  readonly database: Database;
  /** Hash of base URL and credentials: what the provider counts by. */
  readonly key: string;
  /** Unique to this process. */
  readonly holder: string;
  readonly limits: BudgetLimits;
  readonly onError: (error: unknown) => void;
}

interface Waiter {
  readonly go: () => void;
  readonly fail: (error: unknown) => void;
  /** `performance.now()` until which it is worth waiting. */
  readonly until: number;
}

const longestNapMs = 250;
const tellAfterMs = 50;
const longestBlockMs = 60 * 60 * 1000;

/**
 * Calls that all replicas share through Postgres. A process asks for as many as are waiting in it at that moment, so nothing of a window lies
 * unused with a process that does not need it, and a block by one replica holds for all at once.
 */
export class RateBudget {
  private readonly waiting = { urgent: [] as Waiter[], normal: [] as Waiter[] };
  private inFlight = 0;
  private serving: Promise<void> | undefined;
  private telling: NodeJS.Timeout | undefined;
  private ended = false;
  /** A call on the wire is the first of a window. */
  private opened = false;
  private wake: () => void = () => undefined;

  constructor(private readonly options: BudgetOptions) {}

  /**
   * Resolves when a call may begin; `done` must follow. Urgent calls go first and may use the tenth that is kept for them.
   * @throws AdapterError `rate-limited`, which says when to try again, as soon as the call would have to wait past `until` (of `performance.now()`).
   */
  take(urgent: boolean, until = Infinity): Promise<void> {
    if (this.ended) return Promise.reject(stopping());
    const taken = new Promise<void>((go, fail) => this.waiting[urgent ? 'urgent' : 'normal'].push({ go, fail, until }));
    this.wake();
    this.serve();
    return taken;
  }

  /** A call that `take` let through has ended. */
  done(): void {
    this.inFlight -= 1;
    if (this.opened) this.windowHasBegun();
    this.wake();
    this.serve();
  }

  /** The provider asked to wait: no replica calls before `ms` are over; its window begins then. */
  async block(ms: number): Promise<void> {
    await this.options.database.query(
      `UPDATE budgets SET window_start = greatest(window_start, clock_timestamp() + $2 * interval '1 ms'), used = 0 WHERE key = $1`,
      [this.options.key, Math.min(ms, longestBlockMs)],
    );
  }

  /** Whoever still waits is told to come again. */
  close(): void {
    this.ended = true;
    if (this.telling !== undefined) this.tellInFlight().catch(this.options.onError);
    clearTimeout(this.telling);
    this.failAll(stopping());
    this.wake();
  }

  private serve(): void {
    this.serving ??= this.serveAll().finally(() => {
      this.serving = undefined;
      if (this.isWaiting()) this.serve();
    });
  }

  private isWaiting(): boolean {
    return this.waiting.urgent.length + this.waiting.normal.length > 0;
  }

  private async serveAll(): Promise<void> {
    try {
      while (this.isWaiting()) {
        const urgentWait = await this.grant('urgent');
        const wait = urgentWait ?? (await this.grant('normal'));
        if (wait !== undefined) this.refuseLate(wait);
        if (wait !== undefined && this.isWaiting()) await this.nap(Math.min(wait, longestNapMs));
      }
      if (this.ended) await this.tellInFlight();
      else this.tellSoon();
    } catch (error) {
      this.failAll(error);
      this.options.onError(error);
    }
  }

  /** Lets through what is granted. Answers how long to wait when nothing was, although something waits. */
  private async grant(kind: 'urgent' | 'normal'): Promise<number | undefined> {
    const queue = this.waiting[kind];
    if (queue.length === 0) return undefined;
    const { database, key, holder, limits } = this.options;
    const [row] = await database.query<{ granted: number; wait_ms: number; opened: boolean }>(
      'SELECT * FROM take_calls($1, $2, $3, $4, $5, $6, $7, $8)',
      [...[key, holder, this.inFlight, queue.length, kind === 'urgent'], ...[limits.requests, limits.windowMs, limits.parallel]],
    );
    const granted = queue.splice(0, row?.granted ?? 0);
    this.inFlight += granted.length;
    this.opened ||= row?.opened === true;
    for (const { go } of granted) go();
    return granted.length === 0 ? Math.max(1, row?.wait_ms ?? 1) : undefined;
  }

  /** The provider counts from the first call that reaches it, which now surely has: our window must not be over before its own. */
  private windowHasBegun(): void {
    this.opened = false;
    const { database, key, onError } = this.options;
    const sql = 'UPDATE budgets SET window_start = greatest(window_start, clock_timestamp()) WHERE key = $1';
    database.query(sql, [key]).catch(onError);
  }

  /** Whoever asks for a call tells it along; this is for when nobody does. */
  private tellSoon(): void {
    this.telling ??= setTimeout(() => {
      this.telling = undefined;
      if (!this.isWaiting()) this.tellInFlight().catch(this.options.onError);
    }, tellAfterMs).unref();
  }

  /** Other replicas may use the calls side by side that this one no longer makes. */
  private async tellInFlight(): Promise<void> {
    const { database, key, holder } = this.options;
    await database.query('UPDATE budget_callers SET calls = $3 WHERE key = $1 AND holder = $2', [key, holder, this.inFlight]);
  }

  /** Whoever would not wait for `ms` is told when to come again. */
  private refuseLate(ms: number): void {
    const next = performance.now() + ms;
    for (const queue of [this.waiting.urgent, this.waiting.normal]) {
      for (const { fail } of queue.filter(({ until }) => until < next)) fail(usedUp(ms));
      queue.splice(0, queue.length, ...queue.filter(({ until }) => until >= next));
    }
  }

  private failAll(error: unknown): void {
    for (const queue of [this.waiting.urgent, this.waiting.normal]) for (const { fail } of queue.splice(0)) fail(error);
  }

  private nap(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const stopping = () => rateLimited('the service is stopping; the call is made after its next start', 0);
const usedUp = (ms: number) => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return rateLimited(`the provider's rate limit is used up at the moment; try again in ${seconds} seconds`, ms);
};
