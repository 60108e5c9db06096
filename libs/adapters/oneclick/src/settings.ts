import { z } from 'zod';

export const settings = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://firma.1click.example/api/v1' })
    .describe('Address of your 1CLICK, with /api/v1'),
  token: z
    .string()
    .min(8, 'must be the token that 1CLICK gave you')
    .describe('Token of a user who is an authorised person of the contacts'),
});
export type Settings = z.infer<typeof settings>;
