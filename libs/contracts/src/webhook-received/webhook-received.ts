import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const webhookReceivedData = z.object({
  connectionId: z.string(),
  provider: z.string(),
  deliveryId: z.string(),
  receivedAt: isoTime,
  /** Which of the connection's endpoints: as the adapter names them (`campaigns`, `list-status`). */
  endpoint: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type WebhookReceived = z.infer<typeof webhookReceivedData>;

export const webhookReceived = defineTopic({
  name: 'webhook.received',
  data: webhookReceivedData,
  key: (data) => data.connectionId,
  example: {
    connectionId: 'mail',
    provider: 'ecomail',
    deliveryId: '019a0000-0000-7000-8000-0000000000bb',
    receivedAt: '2026-03-03T05:00:13.000Z',
    endpoint: 'campaigns',
    headers: { 'x-messagesystems-batch-id': 'b1' },
    body: '[{"msys":{}}]',
  },
});
