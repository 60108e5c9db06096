import type { Consumer, Kafka } from 'kafkajs';
import type { OnBatch } from '../transport';
import { BatchReader } from './batch-reader';

export interface MemberOptions {
  readonly createClient: () => Kafka;
  readonly topics: readonly string[];
  readonly group: string;
  readonly onBatch: OnBatch;
  readonly onError: (error: unknown) => void;
}

export interface GroupMember {
  /** Resolves with the reason when this member is no more; never rejects. */
  readonly ended: Promise<Error>;
  /** Finishes the batch in hand, commits, leaves the group. */
  leave(): Promise<void>;
}

/** Partitions of one member that are worked on side by side; each takes a database connection. */
const partitionsAtOnce = 4;
const longestSilenceMs = 120_000;
const settings = {
  allowAutoTopicCreation: false,
  // A member that vanished without leaving holds the whole group up for so long.
  sessionTimeout: 10_000,
  heartbeatInterval: 2000,
  rebalanceTimeout: 60_000,
  // A fetch that waits is answered as soon as there is a byte: this is only how long a stop, or a partition that goes on, has to wait.
  maxWaitTimeInMs: 250,
  minBytes: 1,
};

/** Joins the group and reads until `leave`, or until kafkajs gives up: it never restarts by itself then, so that there is one way back. */
export async function joinGroup(options: MemberOptions, signal: AbortSignal): Promise<GroupMember> {
  const { topics, group, onBatch, onError } = options;
  const reader = new BatchReader({ onBatch, onError, signal });
  const consumer = options.createClient().consumer({ groupId: group, ...settings, retry: { restartOnFailure: async () => false } });
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  const crashed = new Promise<Error>((resolve) => consumer.on(consumer.events.CRASH, ({ payload }) => resolve(payload.error)));
  const silence = watchSilence(consumer, reader);
  const leave = async (): Promise<void> => {
    silence.stop();
    reader.stop();
    await consumer.disconnect();
  };
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      ...{ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: partitionsAtOnce },
      eachBatch: reader.read,
    });
    await Promise.race([joined, crashed.then((error) => Promise.reject(error))]);
  } catch (error) {
    await leave().catch(onError);
    throw error;
  }
  return { ended: Promise.race([crashed, silence.tooLong]), leave };
}

/** A member that neither fetches nor works has been forgotten by kafkajs, without a crash. */
function watchSilence(consumer: Consumer, reader: BatchReader): { readonly tooLong: Promise<Error>; stop(): void } {
  let lastSign = Date.now();
  consumer.on(consumer.events.FETCH_START, () => (lastSign = Date.now()));
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Error>((resolve) => {
    timer = setInterval(() => {
      if (reader.isBusy()) lastSign = Date.now();
      if (Date.now() - lastSign > longestSilenceMs) resolve(new Error(`The consumer fetched nothing for ${longestSilenceMs / 1000} s.`));
    }, 10_000);
  });
  return { tooLong, stop: () => clearInterval(timer) };
}
