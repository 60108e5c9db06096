import type { Reply } from '@kontaktor/simulator-kit';

/** A fixed window of 60 s: over the limit 429 with `Retry-After` in seconds, no other headers. */
export class RateLimit {
  private windowStart = 0;
  private used = 0;

  constructor(
    private readonly perMinute: () => number,
    private readonly now: () => Date,
  ) {}

  reset(): void {
    this.used = 0;
  }

  take(): Reply | undefined {
    const time = this.now().getTime();
    if (Math.abs(time - this.windowStart) >= 60_000) [this.windowStart, this.used] = [time, 0];
    this.used += 1;
    if (this.used <= this.perMinute()) return undefined;
    const wait = Math.max(1, Math.ceil((this.windowStart + 60_000 - time) / 1000));
    return { status: 429, body: { message: 'Too Many Attempts.' }, headers: { 'retry-after': String(wait) } };
  }
}
