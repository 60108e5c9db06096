import { BackgroundLoop } from '@kontaktor/service';

export type Task = () => Promise<void>;

export interface WorkLoopOptions {
  /** Takes the next piece of work; `undefined`: there is none that is due. */
  readonly claim: () => Promise<Task | undefined>;
  /** Pieces side by side. */
  readonly most: number;
  readonly idleMs: number;
  readonly onError: (error: unknown) => void;
}

/** Claims pieces of work and carries out several side by side: the next is claimed while the calls of others are on the wire. */
export class WorkLoop {
  private readonly running = new Set<Promise<void>>();
  private readonly loop: BackgroundLoop;

  constructor(private readonly options: WorkLoopOptions) {
    const { idleMs, onError } = options;
    this.loop = new BackgroundLoop({ idleMs, onError, runOnce: () => this.startOne() });
  }

  start(): void {
    this.loop.start();
  }

  readonly nudge = (): void => this.loop.nudge();

  /** Resolves when what is in hand is done. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.running);
  }

  private async startOne(): Promise<boolean> {
    if (this.running.size >= this.options.most) await Promise.race(this.running);
    const task = await this.options.claim();
    if (task === undefined) return false;
    const run = task()
      .catch(this.options.onError)
      .finally(() => {
        this.running.delete(run);
        this.loop.nudge();
      });
    this.running.add(run);
    return true;
  }
}
