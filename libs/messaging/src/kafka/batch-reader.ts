import type { EachBatchPayload } from 'kafkajs';
import { backOffMs } from '../back-off';
import type { OnBatch } from '../transport';
import { receivedParcel } from './received-parcel';

const heartbeatEveryMs = 1000;

interface BatchReaderOptions {
  readonly onBatch: OnBatch;
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/**
 * Hands batches to the handler and commits them when it is done. A partition whose batch failed pauses alone, longer each time; the group
 * never notices.
 */
export class BatchReader {
  private readonly failures = new Map<string, number>();
  private readonly resumptions = new Set<NodeJS.Timeout>();
  private inHand = 0;

  constructor(private readonly options: BatchReaderOptions) {}

  readonly read = async (payload: EachBatchPayload): Promise<void> => {
    const { topic, partition, messages } = payload.batch;
    const place = `${topic} ${partition}`;
    const heartbeats = keepBeating(payload);
    this.inHand += 1;
    try {
      await this.options.onBatch(
        messages.map((message) => receivedParcel(topic, partition, message)),
        this.options.signal,
      );
    } catch (error) {
      this.pause(payload, place, error);
      return;
    } finally {
      this.inHand -= 1;
      clearInterval(heartbeats);
    }
    this.failures.delete(place);
    await commit(payload);
  };

  isBusy(): boolean {
    return this.inHand > 0;
  }

  /** Forgets pending resumptions: the consumer is leaving. */
  stop(): void {
    for (const timer of this.resumptions) clearTimeout(timer);
  }

  /** Nothing is resolved, so the partition is fetched again from the same offset once it goes on. */
  private pause({ pause }: EachBatchPayload, place: string, error: unknown): void {
    // A batch given up because of the stop is no failure.
    if (this.options.signal.aborted) return;
    this.options.onError(error);
    const failures = (this.failures.get(place) ?? 0) + 1;
    this.failures.set(place, failures);
    const resume = pause();
    const timer = setTimeout(() => {
      this.resumptions.delete(timer);
      resume();
    }, backOffMs(failures));
    this.resumptions.add(timer);
  }
}

/** A long batch must not cost the membership. What a heartbeat says (such as a rebalance) the one after the batch says again. */
function keepBeating({ heartbeat }: EachBatchPayload): NodeJS.Timeout {
  return setInterval(() => void heartbeat().catch(() => undefined), heartbeatEveryMs);
}

/** By the payload, which also commits while the consumer is stopping; the consumer itself would not. */
async function commit({ batch, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload): Promise<void> {
  const { topic, partition } = batch;
  resolveOffset(batch.messages.at(-1)?.offset ?? batch.lastOffset());
  const offset = String(BigInt(batch.lastOffset()) + 1n);
  await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset }] }] });
}
