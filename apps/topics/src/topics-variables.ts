import { z } from 'zod';

/** What the making of topics reads beside how Kafka is reached. */
export const topicsVariables = {
  KAFKA_REPLICATION: z.coerce
    .number('must be a number of copies')
    .int('must be a number of copies')
    .min(1, 'must be 1 or more')
    .max(9, 'must be 9 or less')
    .default(1)
    .describe('Copies of each partition: 1 on one broker, 3 on a cluster, where two must have a message before it counts'),
};
