import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const campaignDeliveredData = z.object({
  connectionId: z.string(),
  provider: z.string(),
  /** The provider's stable event id, with its name: `ecomail:92356927693813001`. */
  eventId: z.string(),
  kind: z.enum(['sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed']),
  address: z.string(),
  at: isoTime,
  campaign: z.object({ id: z.string(), title: z.string(), url: z.string().optional() }).optional(),
});
export type CampaignDelivered = z.infer<typeof campaignDeliveredData>;

export const campaignDelivered = defineTopic({
  name: 'campaign.delivered',
  data: campaignDeliveredData,
  key: (data) => `${data.connectionId}/${data.address}`,
  example: {
    connectionId: 'mail',
    provider: 'ecomail',
    eventId: 'ecomail:92356927693813001',
    kind: 'delivered',
    address: 'petr@novak.example',
    at: '2026-03-03T05:00:12.000Z',
    campaign: { id: '123', title: 'Jaro 2026' },
  },
});
