import { readConfig } from '@kontaktor/config';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const port = z.coerce.number('must be a port number').int().min(0).max(65_535);

const environment = z.object({
  KONTAKTOR_FOLDER: z.string().min(1).default('.kontaktor'),
  KONTAKTOR_HOST: z.string().min(1).default('127.0.0.1'),
  KONTAKTOR_PORT: port.default(4400),
  KONTAKTOR_WEBHOOK_PORT: port.default(4404),
  KONTAKTOR_WEBHOOK_URL: z.url('must be the address at which providers reach the webhooks').optional(),
  KONTAKTOR_ALLOW_PRIVATE_URLS: z.enum(['true', 'false'], 'must be true or false').optional(),
  KONTAKTOR_SANDBOX_CONTACTS: z.coerce.number('must be a number').int().min(1).default(2000),
  ONECLICK_PORT: port.default(4411),
  ECOMAIL_PORT: port.default(4412),
  DATABASE_URL: z.string().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

export type StandaloneSettings = z.infer<typeof environment> & { readonly once: boolean };

/** @throws ConfigurationInvalid with all that is wrong; TypeError for an unknown argument */
export function readSettings(args: readonly string[]): StandaloneSettings {
  const { values } = parseArgs({ args: [...args], options: { once: { type: 'boolean', default: false } } });
  return { ...readConfig(environment), once: values.once };
}
