import type { Reply } from '@kontaktor/simulator-kit';
import type { Switches } from './switches';

/** What one window saw. */
export interface WindowCount {
  taken: number;
  refused: number;
}

/** A fixed window: over the limit 429 with `Retry-After` in seconds, no other headers; where bans are switched on, nothing at all for a while. */
export class RateLimit {
  private windowStart = 0;
  private bannedUntil = 0;
  /** The present window is the last. */
  readonly windows: WindowCount[] = [];
  bans = 0;

  constructor(
    private readonly switches: Pick<Switches, 'perMinute' | 'windowSeconds' | 'banSeconds'>,
    private readonly now: () => Date,
  ) {}

  reset(): void {
    [this.windowStart, this.bannedUntil, this.bans] = [0, 0, 0];
    this.windows.length = 0;
  }

  take(): Reply | undefined {
    const time = this.now().getTime();
    const window = this.windowAt(time);
    const { perMinute, banSeconds } = this.switches;
    if (time >= this.bannedUntil && window.taken < perMinute) {
      window.taken += 1;
      return undefined;
    }
    window.refused += 1;
    if (banSeconds > 0 && time >= this.bannedUntil) {
      this.bans += 1;
      this.bannedUntil = time + banSeconds * 1000;
    }
    const until = Math.max(this.bannedUntil, this.windowStart + this.windowMs);
    return {
      ...{ status: 429, body: { message: 'Too Many Attempts.' } },
      headers: { 'retry-after': String(Math.max(1, Math.ceil((until - time) / 1000))) },
    };
  }

  private get windowMs(): number {
    return this.switches.windowSeconds * 1000;
  }

  private windowAt(time: number): WindowCount {
    const last = this.windows.at(-1);
    if (last !== undefined && Math.abs(time - this.windowStart) < this.windowMs) return last;
    this.windowStart = time;
    const next = { taken: 0, refused: 0 };
    this.windows.push(next);
    return next;
  }
}
