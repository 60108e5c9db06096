import { randomUUID } from 'node:crypto';
import type { EcomailAccount } from './account';
import type { MailSource } from './campaign-log';

export const eventKinds = [
  ...(['injection', 'delivery', 'bounce', 'out_of_band', 'policy_rejection', 'delay', 'spam_complaint'] as const),
  ...(['open', 'initial_open', 'click', 'list_unsubscribe', 'link_unsubscribe'] as const),
] as const;
export type EventKind = (typeof eventKinds)[number];
export const isEventKind = (kind: unknown): kind is EventKind => eventKinds.some((known) => known === kind);

export interface CampaignEvent {
  readonly kind: EventKind;
  readonly email: string;
  readonly at: Date;
  readonly eventId?: string;
  readonly campaignId: number;
  /** Mail of an automation: then it, and no campaign, is named. */
  readonly pipelineId?: number;
}

export const sourceOf = ({ campaignId, pipelineId }: CampaignEvent): MailSource =>
  pipelineId === undefined ? { campaign: campaignId } : { pipeline: pipelineId };

const wrapperOf = (kind: EventKind): string => {
  if (kind.endsWith('unsubscribe')) return 'unsubscribe_event';
  return kind === 'open' || kind === 'initial_open' || kind === 'click' ? 'track_event' : 'message_event';
};
const newEventId = (): string => String(BigInt(`0x${randomUUID().replace(/-/g, '').slice(0, 15)}`));

/** One batch as the account's webhook sends it: SparkPost's format, times in seconds as text. */
export function webhookBatch(account: EcomailAccount, events: readonly CampaignEvent[], allInMessageEvent: boolean): unknown[] {
  const campaigns = new Map(account.campaigns.map((campaign) => [campaign.id, campaign]));
  return events.map(({ kind, email, at, eventId, campaignId, pipelineId }) => {
    const campaign = pipelineId === undefined ? campaigns.get(campaignId) : undefined;
    const about =
      pipelineId === undefined ? { campaign_id: String(campaignId) } : { pipeline_id: String(pipelineId), pipeline_action_id: 'mail' };
    const from = campaign?.from_email ?? 'info@firma.example';
    const event = {
      ...{ type: kind, timestamp: String(Math.floor(at.getTime() / 1000)), event_id: eventId ?? newEventId() },
      ...{ message_id: randomUUID().replace(/-/g, '').slice(0, 20), rcpt_to: email, friendly_from: from, subject: campaign?.subject ?? '' },
      ...{
        sending_ip: '192.0.2.10',
        sending_domain: from.split('@')[1] ?? '',
        recipient_domain: email.split('@')[1] ?? '',
        msg_size: '20480',
      },
      ...{ rcpt_meta: { ...about, subaccount: 'firma' }, rcpt_tags: [], delv_method: 'esmtp' },
      // The value at the top is of another format than the campaign's id.
      ...{ campaign_id: `firma:${campaignId}`, template_id: `template_${campaignId}`, transmission_id: '1', customer_id: '1' },
    };
    return { msys: { [allInMessageEvent ? 'message_event' : wrapperOf(kind)]: event } };
  });
}
