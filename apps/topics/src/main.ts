import { always, checkKafka, kafkaSecurity, kafkaVariables, readConfig } from '@kontaktor/config';
import { createTopics } from '@kontaktor/messaging';
import { z } from 'zod';
import { topicsVariables } from './topics-variables';

/** `node main.js`: makes the topics that are missing and checks all of them. May be repeated. Kubernetes has KafkaTopics instead. */
async function main(): Promise<void> {
  const env = readConfig(
    z.object({ ...kafkaVariables, ...topicsVariables }).superRefine((given, context) => checkKafka(given, context), always),
  );
  const factor = env.KAFKA_REPLICATION;
  await createTopics(
    { brokers: env.KAFKA_BROKERS, clientId: 'topics', security: kafkaSecurity(env), onError: (error) => console.error(String(error)) },
    { factor, minInSync: Math.min(factor, 2) },
  );
  console.log('Every topic is there.');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
