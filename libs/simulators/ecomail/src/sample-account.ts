import type { EcomailAccount, MailingList, Membership, Subscriber } from './account';

export interface SampleEcomailOptions {
  readonly key?: string;
  /**
   * Addresses of the CRM's people who are in the account already. Of each ten: four subscribed, two unsubscribed, one soft bounced, one
   * bounced, one complained, one unconfirmed; every third with a tag set by hand, some with one that the CRM uses too.
   */
  readonly known?: readonly string[];
  /** People of its own, whom the CRM does not know. */
  readonly own?: number;
}

const joined = '2025-05-10T14:29:07.000Z';
const left = '2025-11-02T09:00:00.000Z';
const turn = [1, 2, 1, 4, 1, 2, 1, 5, 3, 6] as const;

/** An account that was in use before we came: a list of its own with people in every status, and tags set by hand. */
export function sampleEcomailAccount({ key = 'sandbox-ecomail-key', known = [], own = 40 }: SampleEcomailOptions = {}): EcomailAccount {
  const emails = [
    ...new Set([
      ...known.map((email) => email.trim().toLowerCase()),
      ...Array.from({ length: own }, (_, index) => `vlastni.${index}@ecomail.example`),
    ]),
  ];
  const subscribers = emails.map((email, index): Subscriber => ({
    ...{ id: 9000 + index, email, fields: { name: 'Ruční', surname: `Kontakt ${index}`, source: 'manual' }, inserted_at: joined },
    tags: index % 6 === 0 ? ['ruční štítek', 'newsletter'] : index % 3 === 0 ? ['ruční štítek'] : [],
    lists: { '1': membership(index, turn[index % turn.length] ?? 1) },
  }));
  return {
    ...{ key, subscribers, webhookUrl: null, pendingBatches: [], campaigns: [], log: [], triggered: [] },
    nextId: 20_000 + 2 * emails.length,
    lists: [{ ...oldList, custom_fields: {} }],
    pipelines: [
      { id: 31, name: 'Uvítací série', actions: [{ id: 'mail', type: 'mail', properties: { subject: 'Vítejte' } }] },
      { id: 32, name: 'Po přidání štítku', actions: [{ id: 'tag', type: 'tag', properties: { tag: 'v automatizaci' } }] },
    ],
  };
}

const oldList: MailingList = {
  ...{ id: 1, name: 'Starý seznam', from_name: 'Firma', from_email: 'info@firma.example', reply_to: 'info@firma.example' },
  ...{ sub_success_page: null, sub_confirmed_page: null, unsub_page: null, conf_subject: null, conf_message: null },
  ...{ double_optin: false, created: '3.2.2025', custom_fields: {}, status_webhook: null },
};

function membership(index: number, status: number): Membership {
  return {
    ...{ id: 500 + index, status, subscribed_at: joined, unsubscribed_at: status === 2 ? left : null, unsub_reason: null },
    ...{ custom_fields: {}, groups: {}, source: 'form' },
  };
}
