import { z } from 'zod';

/** Environment of an adapter's service, beside what every service reads. */
export const hostEnvironment = z.object({
  KONTAKTOR_POLL: z.coerce
    .number('must be a number of seconds')
    .positive('must be a number of seconds above 0')
    .default(5)
    .describe('Seconds between two looks for changes at a source of a live link'),
  KONTAKTOR_SCHEMA_CHECK: z.coerce
    .number('must be a number of seconds')
    .positive('must be a number of seconds above 0')
    .default(900)
    .describe('Seconds between two looks at the fields, lists and tags that an account offers; runs look besides'),
  KONTAKTOR_CALL_TIMEOUT: z.coerce
    .number('must be a number of seconds')
    .positive('must be a number of seconds above 0')
    .default(30)
    .describe('Seconds until a call to a provider is given up; claims on work last a multiple of it'),
});
