import { backOffMs } from '../back-off';

interface Pause {
  readonly failures: number;
  readonly until: number;
}

/** Who waits after a failure, and until when; each failure in a row makes the next pause longer. */
export class Pauses {
  private readonly pauses = new Map<string, Pause>();

  fail(name: string): void {
    const failures = (this.pauses.get(name)?.failures ?? 0) + 1;
    this.pauses.set(name, { failures, until: performance.now() + backOffMs(failures) });
  }

  succeed(name: string): void {
    this.pauses.delete(name);
  }

  /** Who waits just now. */
  waiting(): string[] {
    const now = performance.now();
    return [...this.pauses].filter(([, { until }]) => until > now).map(([name]) => name);
  }

  /** Milliseconds until the first of those that wait may go on; Infinity when nobody waits. */
  nextMs(): number {
    const now = performance.now();
    return Math.min(...[...this.pauses.values()].map(({ until }) => until - now).filter((ms) => ms > 0));
  }
}
