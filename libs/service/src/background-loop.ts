/** Repeats `runOnce` while it finds something to do, sleeps otherwise; an error is told and followed by a growing pause. */
export class BackgroundLoop {
  private running: Promise<void> | undefined;
  private stopped = false;
  private nudged = false;
  private wake: () => void = () => undefined;
  private endRest: () => void = () => undefined;

  constructor(
    private readonly options: {
      /** Answers whether there was something to do. */
      readonly runOnce: () => Promise<boolean>;
      readonly idleMs: number;
      /** Least time from the start of a round that found nothing to the next one, however often it is nudged meanwhile. */
      readonly restMs?: number;
      readonly onError: (error: unknown) => void;
    },
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** There may be something to do: do not sleep on. */
  readonly nudge = (): void => {
    this.nudged = true;
    this.wake();
  };

  /** Resolves when the round in hand is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    this.endRest();
    await this.running;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopped) {
      this.nudged = false;
      try {
        const startedAt = performance.now();
        const found = await this.options.runOnce();
        failures = 0;
        if (found) continue;
        await this.pause(this.options.idleMs);
        await this.rest(startedAt);
      } catch (error) {
        this.options.onError(error);
        failures += 1;
        this.nudged = false;
        await this.pause(Math.min(100 * 2 ** failures, 10_000));
      }
    }
  }

  private async rest(startedAt: number): Promise<void> {
    const left = startedAt + (this.options.restMs ?? 0) - performance.now();
    if (left > 0 && !this.stopped) await this.sleep(left, (wake) => (this.endRest = wake));
  }

  private pause(ms: number): Promise<void> {
    if (this.nudged || this.stopped) return Promise.resolve();
    return this.sleep(ms, (wake) => (this.wake = wake));
  }

  private sleep(ms: number, onWake: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      onWake(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
