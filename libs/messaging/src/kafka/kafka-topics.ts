import { ConfigResourceTypes, type Admin, type ITopicConfig } from 'kafkajs';
import type { TopicSettings } from '../transport';

export interface Replication {
  /** Copies of each partition: 1 on one machine, 3 elsewhere. */
  readonly factor: number;
  /** So many copies must have a message before it counts as published: 1, or 2 of 3. */
  readonly minInSync: number;
}

export const oneBroker: Replication = { factor: 1, minInSync: 1 };

const dayMs = 24 * 60 * 60 * 1000;
/** A parcel holds a single event when that is large, such as a webhook as it came. */
const mostMessageBytes = 16 * 1024 * 1024;

/** Makes the topics that are missing and checks all of them. May be repeated, also by several at once. */
export async function ensureTopics(
  admin: Admin,
  topics: readonly TopicSettings[],
  partitions: number,
  replication: Replication,
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !existing.has(name));
  if (missing.length > 0)
    await admin
      .createTopics({ waitForLeaders: true, topics: missing.map((topic) => topicConfig(topic, partitions, replication)) })
      // Somebody else was faster with some of them: the check below has the last word.
      .catch(async (error: unknown) => {
        const now = new Set(await admin.listTopics());
        if (!missing.every(({ name }) => now.has(name))) throw error;
      });
  await checkTopics(admin, topics, partitions);
}

/** Refuses topics that are missing, have another number of partitions, or are compacted when they should not be (or the reverse). */
export async function checkTopics(admin: Admin, topics: readonly TopicSettings[], partitions: number): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !existing.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw new Error(`Kafka has no topic ${missing.join(', ')}. Services do not make topics themselves: run the command that does.`);
  const names = topics.map(({ name }) => name);
  const metadata = await admin.fetchTopicMetadata({ topics: names });
  const policies = await cleanupPolicies(admin, names);
  const problems = topics.flatMap(({ name, compacted }) => {
    const count = metadata.topics.find((topic) => topic.name === name)?.partitions.length;
    const policy = policies.get(name);
    return [
      ...(count === partitions
        ? []
        : [`${name} has ${count} partitions, ${partitions} are needed: with another number the events of a key would lose their order`]),
      ...((policy === 'compact') === compacted ? [] : [`${name} has cleanup.policy ${policy}, ${policyOf(compacted)} is needed`]),
    ];
  });
  if (problems.length > 0) throw new Error(`Topics at Kafka do not fit: ${problems.join('; ')}. Correct them, or make them anew.`);
}

async function cleanupPolicies(admin: Admin, names: readonly string[]): Promise<ReadonlyMap<string, string | undefined>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames: ['cleanup.policy'] })),
  });
  return new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries[0]?.configValue]));
}

const policyOf = (compacted: boolean): string => (compacted ? 'compact' : 'delete');

function topicConfig(topic: TopicSettings, numPartitions: number, replication: Replication): ITopicConfig {
  const configEntries = Object.entries(topicConfigOf(topic, replication.minInSync)).map(([name, value]) => ({
    name,
    value: String(value),
  }));
  return { topic: topic.name, numPartitions, replicationFactor: replication.factor, configEntries };
}

/** The configuration of a topic at Kafka, by name of the setting. */
export function topicConfigOf({ compacted, retentionMs }: TopicSettings, minInSync: number): Readonly<Record<string, string | number>> {
  return {
    'cleanup.policy': policyOf(compacted),
    'min.insync.replicas': minInSync,
    'max.message.bytes': mostMessageBytes,
    // Nothing older than the retention plus a day; an erased person's last value goes within a week.
    'segment.ms': dayMs,
    ...(compacted ? { 'max.compaction.lag.ms': 7 * dayMs } : { 'retention.ms': retentionMs }),
  };
}
