import { z } from 'zod';
import { isoTime } from '../fields-schema';

export const deliveryView = z.object({
  deliveryId: z.string().describe('Also the webhook-id'),
  channel: z.string(),
  kind: z.enum(['raised', 'reminder', 'recovered']),
  state: z.enum(['waiting', 'delivered', 'given-up']),
  attempts: z.number().int(),
  problem: z.string().nullable().describe('Why the last attempt failed'),
  dueAt: isoTime.nullable().describe('When it is tried (again)'),
  endedAt: isoTime.nullable(),
});

/** One thing that was wrong, or is. */
export const alertView = z.object({
  alertId: z.string(),
  rule: z.string(),
  condition: z.string(),
  object: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  state: z.enum(['open', 'recovered']),
  since: isoTime,
  raisedAt: isoTime,
  toldAt: isoTime.describe('When it was told last'),
  recoveredAt: isoTime.nullable(),
  acknowledged: z.object({ at: isoTime, by: z.string() }).nullable(),
  snoozedUntil: isoTime.nullable(),
  text: z.object({ en: z.string(), cs: z.string() }).describe('What is wrong, in a sentence'),
});
export type AlertView = z.infer<typeof alertView>;

/** Newest first. */
export const alertsView = z.object({ alerts: z.array(alertView), next: z.string().nullable() });
export const alertWithDeliveries = alertView.extend({ deliveries: z.array(deliveryView) });
export type AlertWithDeliveries = z.infer<typeof alertWithDeliveries>;

/** A channel without its secrets. */
export const alertChannelView = z.object({
  id: z.string(),
  channel: z.record(z.string(), z.unknown().describe('Any JSON value')),
  secretsSet: z.array(z.string()),
  failingSince: isoTime.nullable().describe('Since when nothing came through'),
  disabled: z.object({ at: isoTime, because: z.string() }).nullable(),
  waiting: z.number().int(),
});
export type AlertChannelView = z.infer<typeof alertChannelView>;
export const alertChannelsView = z.object({ channels: z.array(alertChannelView) });

export const alertRulesView = z.object({
  rules: z.array(z.object({ id: z.string(), rule: z.record(z.string(), z.unknown().describe('Any JSON value')) })),
  builtIn: z.boolean().describe('True: the workspace has no rules, and everything is told to all channels'),
});
export type AlertRulesView = z.infer<typeof alertRulesView>;

/** How a test message fared. */
export const channelTested = z.object({ ok: z.boolean(), problem: z.string().nullable() });
export type ChannelTested = z.infer<typeof channelTested>;

/** A signing secret, shown this once. */
export const rotatedSecret = z.object({ secret: z.string(), previousUntil: isoTime.nullable() });
export type RotatedSecret = z.infer<typeof rotatedSecret>;
