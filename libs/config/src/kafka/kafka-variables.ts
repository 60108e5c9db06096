import { z } from 'zod';
import { isCertificate, isPrivateKey } from './pem';

const brokers = z.string('must name the brokers: host:port, separated by commas').transform((text, context) => {
  const names = text.split(',').map((one) => one.trim());
  if (!names.every((one) => /^\S+:\d{1,5}$/.test(one))) context.addIssue('must name the brokers: host:port, separated by commas');
  return names;
});
const certificate = z.string().refine(isCertificate, 'must be certificates in PEM (or name a file of them in the variable with _FILE)');
const privateKey = z
  .string()
  .refine(isPrivateKey, 'must be an unencrypted private key in PEM (or name a file of it in the variable with _FILE)');
const mechanisms = ['scram-sha-512', 'scram-sha-256', 'plain'] as const;

/** How Kafka is reached. What goes together is checked by `checkKafka`. */
export const kafkaVariables = {
  KAFKA_BROKERS: brokers.describe('Kafka brokers, `host:port` separated by commas'),
  KAFKA_SSL: z
    .enum(['true', 'false'], 'must be true or false')
    .optional()
    .describe('TLS to Kafka; true without being set when `KAFKA_SSL_CA` is'),
  KAFKA_SSL_CA: certificate
    .optional()
    .describe("Certificates (PEM) that the brokers' are checked against; without them, those of the system"),
  KAFKA_SSL_CERT: certificate.optional().describe('Own certificate (PEM), where brokers know their clients by one'),
  KAFKA_SSL_KEY: privateKey.optional().describe('Its private key (PEM)'),
  KAFKA_SASL_MECHANISM: z
    .enum(mechanisms, `must be one of ${mechanisms.join(', ')}`)
    .optional()
    .describe('How a user name and password are shown to Kafka: `scram-sha-512`, `scram-sha-256`, `plain` (over TLS only)'),
  KAFKA_SASL_USERNAME: z.string().min(1).optional().describe('User at Kafka'),
  KAFKA_SASL_PASSWORD: z.string().min(1).optional().describe('Password of that user'),
};

export type KafkaVariables = z.infer<z.ZodObject<typeof kafkaVariables>>;

/** Only how Kafka is reached: for programs that need nothing else. */
export const kafkaEnvironment = z.object(kafkaVariables);
