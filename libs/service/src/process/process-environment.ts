import { z } from 'zod';

const url = z.url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:4300' });
const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(error).int(error).min(least, error).max(most, error);
};
const brokers = z.string('must name the brokers: host:port, separated by commas').transform((text, context) => {
  const names = text.split(',').map((one) => one.trim());
  if (!names.every((one) => /^\S+:\d{1,5}$/.test(one))) context.addIssue('must name the brokers: host:port, separated by commas');
  return names;
});

/** Environment of a service that runs as a process of its own. */
export const processEnvironment = z.object({
  DATABASE_URL: z.string('must be the URL of a Postgres database').regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
  DATABASE_POOL: wholeNumber(2, 500).default(8),
  KAFKA_BROKERS: brokers,
  KONTAKTOR_MASTER_KEY: z.string('must be 64 hexadecimal digits').regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits'),
  KONTAKTOR_SERVICE_TOKEN: z.string('must be a secret that all services share').min(16, 'must have 16 characters or more'),
  KONTAKTOR_ALLOW_PRIVATE_URLS: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true'),
  REGISTRY_URL: url.default('http://127.0.0.1:4301'),
  WEBHOOK_URL: url.default('http://127.0.0.1:4304'),
  PORT: wholeNumber(0, 65535).default(0),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'must be trace, debug, info, warn, error or silent')
    .default('info'),
});
