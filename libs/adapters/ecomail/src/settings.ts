import { z } from 'zod';

export const settings = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as https://api2.ecomailapp.cz' })
    .default('https://api2.ecomailapp.cz')
    .describe('Address of the Ecomail API'),
  apiKey: z
    .string()
    .min(8, 'must be the key from Ecomail / Account / Integrations')
    .describe('API key from Ecomail, Account, Integrations'),
});
export type Settings = z.infer<typeof settings>;
