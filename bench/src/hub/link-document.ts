import { z } from 'zod';

const account = z.object({ baseUrl: z.string(), adminUrl: z.string() });
export const pairShape = z.object({
  oneclick: account.extend({ token: z.string() }),
  ecomail: account.extend({ key: z.string() }),
});
export type Pair = z.infer<typeof pairShape>;

/** A link of one pair of accounts, as in examples/1click-ecomail.yaml; the names end with `suffix`. */
export function linkDocument(suffix: string, { oneclick, ecomail }: Pair): { readonly connections: object; readonly links: object } {
  return {
    connections: {
      [`crm${suffix}`]: { provider: 'oneclick', settings: { baseUrl: oneclick.baseUrl, token: oneclick.token } },
      [`mail${suffix}`]: { provider: 'ecomail', settings: { baseUrl: ecomail.baseUrl, apiKey: ecomail.key } },
    },
    links: {
      [`newsletter${suffix}`]: {
        ...{ source: `crm${suffix}`, destination: `mail${suffix}`, tags: ['newsletter', 'VIP'], schedule: 'none', firstRun: 'auto' },
        list: { name: 'Kontakty', fromName: 'Firma', fromEmail: 'info@firma.example', replyTo: 'info@firma.example' },
        ...{ purpose: 'newsletter', legalBasis: 'Customers, section 7(3) of act 480/2004' },
        recordTypes: { email: ['email'], name: ['person'], phone: ['mobile', 'phone'] },
      },
    },
  };
}
