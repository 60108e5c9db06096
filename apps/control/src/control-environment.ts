import { z } from 'zod';

/** Environment of control, beside what every service reads. */
export const controlEnvironment = z.object({
  KONTAKTOR_ADMIN_TOKEN: z
    .string()
    .min(32, 'must have 32 characters or more; make one with `openssl rand -hex 24`')
    .optional()
    .describe('Secret of the first admin token, made (or replaced) at each start; without it the tokens stay as they are'),
});
