import type { CampaignEvent, Delivery, ParsedDelivery } from '@kontaktor/adapter-kit';
import { z } from 'zod';

const event = z.looseObject({
  type: z.string(),
  event_id: z.string(),
  timestamp: z.coerce.number(),
  rcpt_to: z.string(),
  subject: z.string().optional(),
  rcpt_meta: z.union([z.looseObject({ campaign_id: z.coerce.string().optional() }), z.array(z.never())]).optional(),
});

const kinds: Readonly<Record<string, CampaignEvent['kind']>> = {
  ...{
    injection: 'sent',
    delivery: 'delivered',
    open: 'opened',
    initial_open: 'opened',
    click: 'clicked',
    bounce: 'bounced',
    out_of_band: 'bounced',
  },
  ...{ spam_complaint: 'complained', list_unsubscribe: 'unsubscribed', link_unsubscribe: 'unsubscribed' },
};

/**
 * SparkPost-style batches: an array of `{msys: {<kind>: {…}}}`, any single key under `msys`. Samples (`{msys: {}}`), kinds of no interest and
 * entries without what makes an event are counted as ignored.
 * @throws when the body is not such a batch
 */
export function parse({ body }: Delivery): ParsedDelivery {
  const batch = z.array(z.looseObject({ msys: z.record(z.string(), z.unknown()) })).parse(JSON.parse(body));
  const events = batch.flatMap(({ msys }) => Object.values(msys)).flatMap(toEvent);
  const hints = events.filter(({ kind }) => ['bounced', 'complained', 'unsubscribed'].includes(kind)).map(({ address }) => address);
  return { events, hints: [...new Set(hints)], ignored: batch.length - events.length };
}

function toEvent(raw: unknown): CampaignEvent[] {
  const read = event.safeParse(raw);
  const kind = kinds[read.data?.type ?? ''];
  if (!read.success || kind === undefined || !Number.isFinite(read.data.timestamp)) return [];
  const { event_id, timestamp, rcpt_to, rcpt_meta, subject } = read.data;
  // The campaign's id in rcpt_meta is to be trusted, the one at the top is of another format.
  const campaignId = Array.isArray(rcpt_meta) ? undefined : rcpt_meta?.campaign_id;
  const at = new Date(timestamp * 1000).toISOString();
  return [
    {
      eventId: `ecomail:${event_id}`,
      kind,
      address: rcpt_to.trim().toLowerCase(),
      at,
      ...(campaignId ? { campaignId } : {}),
      ...(subject ? { subject } : {}),
    },
  ];
}
