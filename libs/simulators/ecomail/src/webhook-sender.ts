import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultBox } from '@kontaktor/simulator-kit';
import type { EcomailAccount, PendingBatch } from './account';

const timeoutMs = 10_000;
const retryForMs = 8 * 60 * 60 * 1000;
const longestPauseMs = 5000;

/** Posts batches of campaign events until they are answered with 2xx, for up to eight hours, ten seconds for each attempt. */
export class WebhookSender {
  /** Batches that were given up, and why attempts failed. */
  readonly problems: string[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly account: () => EcomailAccount,
    private readonly faults: FaultBox,
    private readonly onChange: () => void,
  ) {}

  /** Goes on with the batches that a restart interrupted. */
  resume(): void {
    for (const batch of [...this.account().pendingBatches]) void this.deliver(batch);
  }

  /** Answers after how many attempts the batch was taken. Switched faults send it twice, late, or with its events in another order. */
  async post(url: string, events: readonly unknown[], id: string = randomUUID()): Promise<number> {
    const body = this.faults.takeForWebhook('webhook-shuffle') === undefined ? [...events] : [...events].reverse();
    const copies = this.faults.takeForWebhook('webhook-duplicate') === undefined ? 1 : 2;
    const delayMs = this.faults.takeForWebhook('webhook-late')?.delayMs ?? 0;
    const batch: PendingBatch = { id, url, body, until: new Date(Date.now() + retryForMs).toISOString() };
    this.account().pendingBatches.push(batch);
    this.onChange();
    if (delayMs > 0) await this.pause(delayMs);
    const attempts = await this.deliver(batch);
    for (let copy = 1; copy < copies; copy += 1) await this.deliver(batch);
    return attempts;
  }

  stop(): void {
    this.stopping.abort();
  }

  private async deliver(batch: PendingBatch): Promise<number> {
    for (let attempt = 1; Date.now() < Date.parse(batch.until); attempt += 1) {
      const problem = await this.attempt(batch);
      if (problem === undefined) {
        this.forget(batch);
        return attempt;
      }
      this.problems.push(`batch ${batch.id}, attempt ${attempt}: ${problem}`);
      if (this.stopping.signal.aborted) return attempt;
      await this.pause(Math.min(100 * 2 ** attempt, longestPauseMs));
    }
    this.problems.push(`batch ${batch.id} was given up after eight hours`);
    this.forget(batch);
    return 0;
  }

  private async attempt({ id, url, body }: PendingBatch): Promise<string | undefined> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.stopping.signal]);
    const headers = { 'content-type': 'application/json', 'x-messagesystems-batch-id': id };
    try {
      const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
      return status >= 200 && status < 300 ? undefined : `answered ${status}`;
    } catch (error) {
      return String(error);
    }
  }

  private forget(batch: PendingBatch): void {
    const account = this.account();
    account.pendingBatches = account.pendingBatches.filter((other) => other !== batch);
    this.onChange();
  }

  /** Ends early when the simulator stops. */
  private async pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.stopping.signal, ref: false }).catch(() => undefined);
  }
}
