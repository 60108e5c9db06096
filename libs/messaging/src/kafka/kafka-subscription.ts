import { setTimeout as wait } from 'node:timers/promises';
import { backOffMs } from '../back-off';
import type { Subscription } from '../transport';
import { joinGroup, type GroupMember, type MemberOptions } from './group-member';

const longestLeaveMs = 10_000;
/** About fifteen seconds: a broker that has just started is still loading what it knows of groups. */
const firstTries = 6;

/** Reads topics for a group until stopped. A member that ended, for whatever reason, is replaced after a pause. */
export class KafkaSubscription implements Subscription {
  private readonly abort = new AbortController();
  private readonly stopping = new Promise<void>((resolve) => this.abort.signal.addEventListener('abort', () => resolve()));
  private loop: Promise<void> | undefined;

  constructor(private readonly options: MemberOptions) {}

  /** Resolves when the group is joined; rejects when it cannot be. From then on the subscription mends itself. */
  async start(): Promise<void> {
    this.loop = this.keepMember(await this.joinFirst());
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.loop;
  }

  private async joinFirst(): Promise<GroupMember> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await joinGroup(this.options, this.abort.signal);
      } catch (error) {
        if (!isPassing(error) || failures === firstTries) throw error;
        await wait(backOffMs(failures));
      }
    }
  }

  private async keepMember(first: GroupMember): Promise<void> {
    for (let member: GroupMember | undefined = first; member !== undefined; member = await this.joinAgain()) {
      const reason = await Promise.race([member.ended, this.stopping]);
      if (this.abort.signal.aborted) return member.leave();
      this.options.onError(reason);
      // Whatever is left of the old one; when it hangs, its session runs out.
      await Promise.race([member.leave().catch(this.options.onError), wait(longestLeaveMs, undefined, { ref: false })]);
    }
  }

  private async joinAgain(): Promise<GroupMember | undefined> {
    // One that joins and falls out again at once must not do so in a hurry: even the first try waits half a second.
    for (let failures = 2; !this.abort.signal.aborted; failures += 1) {
      await Promise.race([wait(backOffMs(failures), undefined, { ref: false }), this.stopping]);
      if (this.abort.signal.aborted) return undefined;
      try {
        return await joinGroup(this.options, this.abort.signal);
      } catch (error) {
        this.options.onError(error);
      }
    }
    return undefined;
  }
}

/** Whether Kafka says that the same request may succeed in a while. */
const isPassing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'KafkaJSProtocolError' && 'retriable' in error && error.retriable === true;
