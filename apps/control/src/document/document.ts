import { z } from 'zod';
import { alertsDocument } from './alert-document';
import { identifier, linkDocument } from './link-document';

const scalar = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value);
export const setting = z
  .unknown()
  .refine(
    (value) => scalar(value) || (Array.isArray(value) && value.every(scalar)),
    'must be a text, a number, true or false, or a list of those',
  )
  .describe('A text, a number, true or false, or a list of those');

export const connectionDocument = z.strictObject({
  provider: z.string().min(1, 'must not be blank').describe('A provider that runs here, such as ecomail'),
  name: z
    .string()
    .trim()
    .min(1, 'must not be blank')
    .max(200, 'may have 200 characters at most')
    .optional()
    .describe('Name for people; its id where it is not given'),
  enabled: z.boolean().default(true),
  settings: z.record(z.string(), setting).default({}).describe('Address and credentials; `kontaktor` fills ${NAME} from the environment'),
});
export type ConnectionDocument = z.infer<typeof connectionDocument>;

/** `kontaktor.yaml`: what a workspace is set up to do. */
export const configurationDocument = z.strictObject({
  workspace: identifier.optional().describe('Must be the workspace of the token'),
  connections: z.record(identifier, connectionDocument).default({}),
  links: z.record(identifier, linkDocument).default({}),
  alerts: alertsDocument.optional().describe('Where to tell what is wrong, and what'),
});
