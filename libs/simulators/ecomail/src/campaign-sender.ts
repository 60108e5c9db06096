import { randomUUID } from 'node:crypto';
import type { Campaign, EcomailAccount } from './account';

export interface CampaignEvent {
  readonly kind: 'delivery' | 'bounce' | 'spam_complaint' | 'open' | 'click';
  readonly email: string;
  readonly at: Date;
  readonly eventId?: string;
  readonly campaignId: number;
}

/** One batch as the account's webhook sends it (SparkPost's format, times in seconds as text). */
export function webhookBatch(account: EcomailAccount, events: readonly CampaignEvent[]): unknown[] {
  return events.map(({ kind, email, at, eventId, campaignId }) => {
    const campaign = account.campaigns.find(({ id }) => id === campaignId);
    const event = {
      ...{
        type: kind,
        timestamp: String(Math.floor(at.getTime() / 1000)),
        event_id: eventId ?? String(BigInt(`0x${randomUUID().replace(/-/g, '').slice(0, 15)}`)),
      },
      ...{
        message_id: randomUUID().replace(/-/g, '').slice(0, 20),
        rcpt_to: email,
        friendly_from: 'info@firma.example',
        subject: campaign?.subject ?? '',
      },
      ...{
        recipient_domain: email.split('@')[1] ?? '',
        delv_method: 'esmtp',
        rcpt_meta: { campaign_id: String(campaignId), subaccount: 'firma' },
        rcpt_tags: [],
      },
    };
    return { msys: { [kind === 'open' || kind === 'click' ? 'track_event' : 'message_event']: event } };
  });
}

/** Posts a batch until it is answered with 2xx, up to `attempts` times; 10 s for each. Answers how many attempts it took. */
export async function postBatch(url: string, batch: readonly unknown[], batchId: string = randomUUID(), attempts = 20): Promise<number> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-messagesystems-batch-id': batchId },
      body: JSON.stringify(batch),
      signal: AbortSignal.timeout(10_000),
    }).then(
      (response) => response.status,
      () => 0,
    );
    if (status >= 200 && status < 300) return attempt;
    await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** attempt, 5000)));
  }
  throw new Error(`the webhook at ${new URL(url).origin} refused the batch ${attempts} times`);
}

export function newCampaign(account: EcomailAccount, title: string, subject: string): Campaign {
  const campaign: Campaign = {
    id: account.nextId++,
    title,
    subject,
    status: 3,
    sent_at: '2026-03-03 05:00:00',
    archive_url: `https://archiv.example/${account.nextId}`,
  };
  account.campaigns.push(campaign);
  return campaign;
}
