export const statusNames = { 1: 'subscribed', 2: 'unsubscribed', 4: 'bounced', 5: 'complained', 6: 'not_confirmed' } as const;

export interface Membership {
  status: number;
  subscribed_at: string | null;
  unsubscribed_at: string | null;
  custom_fields: Record<string, unknown>;
  source: string;
}

export interface Subscriber {
  id: number;
  email: string;
  /** Personal fields, `name`, `surname`, `pretitle` …; absent ones are null on the wire. */
  fields: Record<string, string | null>;
  tags: string[];
  inserted_at: string;
  lists: Record<string, Membership>;
}

export interface MailingList {
  id: number;
  name: string;
  from_name: string;
  from_email: string;
  reply_to: string;
  double_optin: boolean;
  created: string;
  custom_fields: Record<string, { type: string; name: string }>;
}

export interface Campaign {
  id: number;
  title: string;
  subject: string;
  status: number;
  sent_at: string | null;
  archive_url: string;
}

export interface EcomailAccount {
  key: string;
  lists: MailingList[];
  subscribers: Subscriber[];
  campaigns: Campaign[];
  webhookUrl: string | null;
  nextId: number;
}

export const personalFields = [
  'name',
  'surname',
  'gender',
  'company',
  'street',
  'city',
  'zip',
  'country',
  'phone',
  'pretitle',
  'surtitle',
  'birthday',
  'nameday',
  'source',
  'vokativ',
  'vokativ_s',
];

/** `2025-05-10 14:29:07`, UTC. */
export const naiveUtc = (at: string): string => at.slice(0, 19).replace('T', ' ');
/** The ISO form, which the live service shows one to two hours early. */
export const shiftedIso = (at: string): string => `${new Date(Date.parse(at) - 3_600_000).toISOString().slice(0, 19)}.000000Z`;
