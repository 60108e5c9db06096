import { always, checkKafka, kafkaVariables, tracingVariables } from '@kontaktor/config';
import { z } from 'zod';

const url = z.url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:4300' });
const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(error).int(error).min(least, error).max(most, error);
};
const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Environment of every service that runs as a process of its own. */
const variables = z.object({
  DATABASE_URL: z
    .string('must be the URL of a Postgres database')
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .describe('Postgres, `postgres://user:password@host:5432/database`; each service keeps to a schema of its own'),
  DATABASE_CA: z
    .string()
    .regex(/-----BEGIN CERTIFICATE-----/, 'must be certificates in PEM (or name a file of them in DATABASE_CA_FILE)')
    .optional()
    .describe("Certificates (PEM) that Postgres' is checked against; with them there is no connection without TLS"),
  DATABASE_POOL: wholeNumber(2, 500).default(8).describe('Connections to Postgres, at most, of one process'),
  ...kafkaVariables,
  KONTAKTOR_MASTER_KEY: z
    .string('must be 64 hexadecimal digits')
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .describe('Key under which the secrets of connections are sealed; the same for all services'),
  KONTAKTOR_SERVICE_TOKEN: z
    .string('must be a secret that all services share')
    .min(16, 'must have 16 characters or more')
    .describe('Secret by which services know each other; the same for all'),
  KONTAKTOR_ALLOW_PRIVATE_URLS: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .transform((text) => text === 'true')
    .describe('Whether accounts may be at private addresses, as those of the sandbox'),
  REGISTRY_URL: url.default('http://127.0.0.1:4301').describe('Where the registry is reached'),
  WEBHOOK_URL: url.default('http://127.0.0.1:4304').describe('Where providers reach webhook-ingest from outside'),
  SERVICE_URL: url.optional().describe('Where other services reach this one; needed when `HOST` is not a loopback address'),
  PORT: wholeNumber(0, 65535).default(0).describe('Port to listen at; 0 lets the system choose'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen at; `0.0.0.0` in a container'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'must be trace, debug, info, warn, error or silent')
    .default('info')
    .describe('Least level of what is logged'),
  ...tracingVariables,
});

export const processEnvironment = variables.superRefine((given: Partial<z.infer<typeof variables>>, context) => {
  checkKafka(given, context);
  if (!loopback.test(given.HOST ?? '127.0.0.1') && given.SERVICE_URL === undefined)
    context.addIssue({
      code: 'custom',
      path: ['SERVICE_URL'],
      message: 'must be set: with this HOST others cannot know where this service is',
    });
}, always);
