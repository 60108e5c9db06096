import type { EcomailAccount, Membership, Subscriber } from './account';

export interface SampleEcomailOptions {
  readonly key?: string;
  /** Addresses of the CRM's people who are in the account already: every second unsubscribed, every fifth bounced, some with tags set by hand. */
  readonly known?: readonly string[];
  /** People of its own, whom the CRM does not know. */
  readonly own?: number;
}

const joined = '2025-05-10T14:29:07.000Z';
const left = '2025-11-02T09:00:00.000Z';

/** An account that was in use before we came: a list of its own with subscribed, unsubscribed and bounced people and tags set by hand. */
export function sampleEcomailAccount({ key = 'sandbox-ecomail-key', known = [], own = 40 }: SampleEcomailOptions = {}): EcomailAccount {
  const emails = [
    ...known.map((email) => email.toLowerCase()),
    ...Array.from({ length: own }, (_, index) => `vlastni.${index}@ecomail.example`),
  ];
  const subscribers = emails.map((email, index): Subscriber => ({
    ...{ id: 9000 + index, email, fields: { name: 'Ruční', surname: `Kontakt ${index}`, source: 'manual' }, inserted_at: joined },
    tags: index % 3 === 0 ? ['ruční štítek'] : [],
    lists: { '1': membership(index % 5 === 4 ? 4 : index % 2 === 1 ? 2 : 1) },
  }));
  return {
    ...{ key, subscribers, webhookUrl: null, nextId: 20_000 },
    lists: [
      {
        id: 1,
        name: 'Starý seznam',
        from_name: 'Firma',
        from_email: 'info@firma.example',
        reply_to: 'info@firma.example',
        double_optin: false,
        created: '3.2.2025',
        custom_fields: {},
      },
    ],
    campaigns: [],
  };
}

function membership(status: number): Membership {
  return { status, subscribed_at: joined, unsubscribed_at: status === 2 ? left : null, custom_fields: {}, source: 'form' };
}
