import { z } from 'zod';

/** Of the service `control`, for alerts. */
export const alertEnvironment = z.object({
  /** Where people reach the API: links in alerts begin with it. */
  KONTAKTOR_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be a URL such as https://kontaktor.firma.example' }).optional(),
  /** Seconds between two looks at everything that is watched. */
  KONTAKTOR_WATCH: z.coerce
    .number('must be a number of seconds')
    .min(0.1, 'must be 0.1 or more')
    .max(3600, 'must be 3600 or less')
    .default(15),
});
