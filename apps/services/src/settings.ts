import { readConfig } from '@kontaktor/config';
import { z } from 'zod';

const port = z.coerce.number('must be a port number').int().min(0).max(65_535);

const environment = z.object({
  KONTAKTOR_FOLDER: z.string().min(1).default('.kontaktor/services'),
  KONTAKTOR_HOST: z.string().min(1).default('127.0.0.1'),
  KONTAKTOR_PORT: port.default(4400),
  KONTAKTOR_WEBHOOK_PORT: port.default(4404),
  KONTAKTOR_WEBHOOK_URL: z.url('must be the address at which providers reach the webhooks').optional(),
  /** True for the sandbox, which listens at the loopback address. */
  KONTAKTOR_ALLOW_PRIVATE_URLS: z.enum(['true', 'false'], 'must be true or false').default('false'),
  KAFKA_BROKERS: z.string().min(1).optional(),
  DATABASE_URL: z.string().min(1).optional(),
  LOG_LEVEL: z.string().default('warn'),
});

export type Settings = z.infer<typeof environment>;

/** @throws ConfigurationInvalid with all that is wrong */
export const readSettings = (): Settings => readConfig(environment);
