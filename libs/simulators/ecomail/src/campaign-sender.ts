import type { Campaign, MailingList } from './account';
import { CampaignLog } from './campaign-log';
import type { StatusWebhook } from './status-webhook';
import type { SubscriberBook } from './subscriber-book';
import { naiveUtc } from './times';
import { sourceOf, webhookBatch, type CampaignEvent, type EventKind } from './webhook-batch';
import type { WebhookSender } from './webhook-sender';

const eventsInBatch = 500;

/** Events of mails as the log names them; a delivery is not logged. */
const logNames: Readonly<Partial<Record<EventKind, string>>> = {
  ...{ injection: 'send', bounce: 'hard_bounce', policy_rejection: 'soft_bounce', out_of_band: 'out_of_band' },
  ...{ spam_complaint: 'spam_complaint', open: 'open', initial_open: 'open', click: 'click' },
  ...{ list_unsubscribe: 'unsub', link_unsubscribe: 'unsub' },
};

/** What a campaign's mail did to a person's status. */
const statusAfter: Readonly<Partial<Record<EventKind, number>>> = {
  ...{ bounce: 4, spam_complaint: 5, list_unsubscribe: 2, link_unsubscribe: 2 },
};

/** Sends campaigns: statuses, log and webhooks as they follow from each mail. */
export class CampaignSender {
  log: CampaignLog;

  constructor(
    private readonly book: SubscriberBook,
    private readonly webhooks: WebhookSender,
    private readonly statusWebhook: StatusWebhook,
  ) {
    this.log = new CampaignLog(book.account);
  }

  /** After the book went on with another account. */
  reload(): void {
    this.log = new CampaignLog(this.book.account);
  }

  /** A draft. */
  create(parts: Partial<Campaign>): Campaign {
    const at = naiveUtc(this.book.now().toISOString());
    const id = this.book.nextId();
    const campaign: Campaign = {
      ...{ id, title: '', subject: '', from_name: 'Firma', from_email: 'info@firma.example', reply_to: 'info@firma.example' },
      ...{ status: 0, sent_at: null, changed_at: at, inserted: at, recipients: null, recepient_lists: [] },
      archive_url: `https://archiv.example/${id}`,
      ...parts,
    };
    this.book.account.campaigns.push(campaign);
    return campaign;
  }

  /** To everyone subscribed in its lists. `outcomes` says what becomes of single mails; the others are delivered. */
  send(campaign: Campaign, outcomes: Readonly<Record<string, EventKind>> = {}): readonly string[] {
    const at = this.book.now();
    const recipients = [
      ...new Set(campaign.recepient_lists.flatMap((list) => this.book.members.members(list, 1).map(({ email }) => email))),
    ];
    Object.assign(campaign, {
      status: 3,
      sent_at: naiveUtc(at.toISOString()),
      changed_at: naiveUtc(at.toISOString()),
      recipients: recipients.length,
    });
    const events = recipients.flatMap((email) => mailEvents(email, outcomes[email] ?? 'delivery', campaign.id, at));
    this.happen(events);
    return recipients;
  }

  /** Notes events in the log, lets them change statuses, and sends them to the account's webhook. */
  happen(events: readonly CampaignEvent[]): void {
    for (const event of events) this.apply(event);
    const url = this.book.account.webhookUrl;
    if (url === null) return;
    for (let from = 0; from < events.length; from += eventsInBatch)
      void this.webhooks.post(url, this.batch(events.slice(from, from + eventsInBatch)));
  }

  batch(events: readonly CampaignEvent[]): unknown[] {
    return webhookBatch(this.book.account, events, this.book.switches.allInMessageEvent);
  }

  private apply(event: CampaignEvent): void {
    const name = logNames[event.kind];
    if (name !== undefined) this.log.add(sourceOf(event), name, event.email, event.at);
    const status = statusAfter[event.kind];
    if (status === undefined) return;
    const campaign = this.book.account.campaigns.find(({ id }) => id === event.campaignId);
    for (const list of campaign?.recepient_lists ?? []) this.changeStatus(this.book.list(list), event, status);
  }

  private changeStatus(list: MailingList | undefined, { email, campaignId }: CampaignEvent, status: number): void {
    const membership = list === undefined ? undefined : this.book.membership(list, email);
    if (list === undefined || membership === undefined || membership.status === status) return;
    this.book.setStatus(list, membership, status);
    if (status === 2) this.statusWebhook.send(list, email, 'UNSUBSCRIBED', campaignId);
  }
}

function mailEvents(email: string, outcome: EventKind, campaignId: number, at: Date): CampaignEvent[] {
  const event = (kind: EventKind): CampaignEvent => ({ kind, email, at, campaignId });
  if (outcome === 'delivery') return [event('injection'), event('delivery')];
  const isDelivered = !['bounce', 'policy_rejection', 'delay'].includes(outcome);
  return [event('injection'), ...(isDelivered ? [event('delivery')] : []), event(outcome)];
}
