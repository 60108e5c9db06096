import { z } from 'zod';

const url = z.url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:4300' });

/** Environment of a service that runs as a process of its own. */
export const processEnvironment = z.object({
  DATABASE_URL: z.string('must be the URL of a Postgres database').regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
  DATABASE_POOL: z.coerce.number().int().min(2).default(8),
  KAFKA_BROKERS: z
    .string('must name the brokers: host:port, separated by commas')
    .transform((text) => text.split(',').map((one) => one.trim())),
  KONTAKTOR_MASTER_KEY: z.string('must be 64 hexadecimal digits').regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits'),
  KONTAKTOR_SERVICE_TOKEN: z.string('must be a secret that all services share').min(16, 'must have 16 characters or more'),
  KONTAKTOR_ALLOW_PRIVATE_URLS: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),
  REGISTRY_URL: url.default('http://127.0.0.1:4301'),
  WEBHOOK_URL: url.default('http://127.0.0.1:4304'),
  PORT: z.coerce.number('must be a port number').int().min(0).max(65535).default(0),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
