import type { Admin, Kafka } from 'kafkajs';

interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** Messages that the group has not committed, all partitions together. */
export async function lagOf(admin: Admin, groupId: string, topics: readonly string[]): Promise<number> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const lags = await Promise.all(
    committed.map(async ({ topic, partitions }) => {
      const ends = await admin.fetchTopicOffsets(topic);
      return ends.reduce((sum, { partition, low, high }) => {
        const read = Number(partitions.find((one) => one.partition === partition)?.offset ?? -1);
        // A group that read nothing has all that is retained before it.
        return sum + Number(high) - Math.max(read, Number(low));
      }, 0);
    }),
  );
  return lags.reduce((sum, lag) => sum + lag, 0);
}

/** Commits the beginning of what is retained for the group, which must not be consuming. */
export async function rewind(client: Kafka, admin: Admin, groupId: string, topics: readonly string[]): Promise<void> {
  const { groups } = await admin.describeGroups([groupId]);
  if ((groups[0]?.members.length ?? 0) > 0) throw new Error(`Group ${groupId} is consuming; stop it before a replay.`);
  const starts = await Promise.all(topics.map((topic) => beginningOf(admin, topic)));
  const consumer = client.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 50 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => undefined });
    await consumer.commitOffsets(starts.flat());
  } finally {
    await consumer.disconnect();
  }
}

async function beginningOf(admin: Admin, topic: string): Promise<Position[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.map(({ partition, low }) => ({ topic, partition, offset: low }));
}
