import { readConfig, tracingVariables } from '@kontaktor/config';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const port = z.coerce.number('must be a port number').int().min(0).max(65_535);

/** Environment of `npm start`, and of the image of the same. */
export const standaloneEnvironment = z.object({
  KONTAKTOR_FOLDER: z.string().min(1).default('.kontaktor').describe('Folder for everything that is kept: database, keys, tokens'),
  KONTAKTOR_HOST: z.string().min(1).default('127.0.0.1').describe('Address at which the API and the webhooks listen'),
  KONTAKTOR_PORT: port.default(4400).describe('Port of the API'),
  KONTAKTOR_WEBHOOK_PORT: port.default(4404).describe('Port of the webhooks'),
  KONTAKTOR_WEBHOOK_URL: z
    .url('must be the address at which providers reach the webhooks')
    .optional()
    .describe('Where providers reach the webhooks from outside'),
  KONTAKTOR_ALLOW_PRIVATE_URLS: z
    .enum(['true', 'false'], 'must be true or false')
    .optional()
    .describe('Whether accounts may be at private addresses; true without being set when the sandbox is opened'),
  KONTAKTOR_SANDBOX_CONTACTS: z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .default(2000)
    .describe('Contacts of the 1CLICK of the sandbox'),
  ONECLICK_PORT: port.default(4411).describe('Port of the 1CLICK of the sandbox'),
  ECOMAIL_PORT: port.default(4412).describe('Port of the Ecomail of the sandbox'),
  DATABASE_URL: z.string().optional().describe('A Postgres of yours instead of the embedded one'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn').describe('Least level of what is logged'),
  ...tracingVariables,
});

export type StandaloneSettings = z.infer<typeof standaloneEnvironment> & { readonly once: boolean };

/** @throws ConfigurationInvalid with all that is wrong; TypeError for an unknown argument */
export function readSettings(args: readonly string[]): StandaloneSettings {
  const { values } = parseArgs({ args: [...args], options: { once: { type: 'boolean', default: false } } });
  return { ...readConfig(standaloneEnvironment), once: values.once };
}
