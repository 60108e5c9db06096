/** Names by which a listing can be filtered; soft bounces (3) have none. */
export const statusNames: Readonly<Record<string, number>> = {
  subscribed: 1,
  unsubscribed: 2,
  bounced: 4,
  complained: 5,
  not_confirmed: 6,
};

/** A subscriber in one list. Times are ISO 8601 in UTC. */
export interface Membership {
  id: number;
  status: number;
  subscribed_at: string | null;
  unsubscribed_at: string | null;
  unsub_reason: string | null;
  custom_fields: Record<string, unknown>;
  groups: Record<string, unknown>;
  source: string;
}

export interface Subscriber {
  id: number;
  /** Lower case. */
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
  sub_success_page: string | null;
  sub_confirmed_page: string | null;
  unsub_page: string | null;
  double_optin: boolean;
  conf_subject: string | null;
  conf_message: string | null;
  /** `D.M.YYYY` */
  created: string;
  custom_fields: Record<string, { type: string; name: string }>;
  /** URL of the list's own webhook about changed statuses; set by hand only. */
  status_webhook: string | null;
}

export interface Campaign {
  id: number;
  title: string;
  subject: string;
  from_name: string;
  from_email: string;
  reply_to: string;
  /** 0 draft, 1 preparing, 2 sending, 3 sent, 4 errored, 7 scheduled */
  status: number;
  /** `YYYY-MM-DD HH:MM:SS`, UTC */
  sent_at: string | null;
  changed_at: string;
  inserted: string;
  recipients: number | null;
  archive_url: string;
  recepient_lists: number[];
}

export interface Pipeline {
  id: number;
  name: string;
  actions: { id: string; type: string; properties: Record<string, unknown> }[];
}

export interface LogEntry {
  id: number;
  campaign_id: number | null;
  autoresponder_id: number | null;
  action_id: string | null;
  event: string;
  msg: string | null;
  url: string | null;
  email: string;
  /** ISO 8601 in UTC. */
  occured_at: string;
}

/** Something that reached or may reach a person because of a call: kept so that tests can prove that nothing was set off. */
export interface Triggered {
  at: string;
  kind: 'subscribed' | 'tag-added' | 'opt-in-mail' | 'notification' | 'pipeline';
  email: string;
  list: number | null;
  tag?: string;
  pipeline?: number;
  /** The call that set it off. */
  by: string;
}

export interface PendingBatch {
  id: string;
  url: string;
  body: unknown[];
  /** ISO 8601; after it no more attempts are made. */
  until: string;
}

export interface EcomailAccount {
  key: string;
  lists: MailingList[];
  subscribers: Subscriber[];
  campaigns: Campaign[];
  pipelines: Pipeline[];
  log: LogEntry[];
  triggered: Triggered[];
  webhookUrl: string | null;
  /** Webhook batches that were not answered with 2xx yet. */
  pendingBatches: PendingBatch[];
  nextId: number;
}

export const personalFields = [
  ...['name', 'surname', 'gender', 'company', 'street', 'city', 'zip', 'country', 'phone', 'pretitle', 'surtitle', 'birthday'],
  ...['nameday', 'source', 'vokativ', 'vokativ_s'],
];
