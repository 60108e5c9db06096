import { z } from 'zod';
import { conditionNames } from '../alerts/rules/conditions';
import { identifier } from './link-document';

const text = z.string().trim().min(1, 'must not be blank').max(500, 'may have 500 characters at most');
const address = z.email('must be an e-mail address');
const url = z.url({ protocol: /^https?$/, error: 'must be a URL such as https://hooks.firma.example/kontaktor' });
const language = z.enum(['en', 'cs']).default('en').describe('Language of subject and text');
const enabled = z.boolean().default(true);

/** Secrets (`password`, `secret`, the chat's `url`) are sealed; what the document leaves out of them is kept. */
export const emailChannel = z.strictObject({
  kind: z.literal('email'),
  enabled,
  language,
  to: z.array(address).min(1, 'must name at least one address').max(50, 'may name 50 at most'),
  from: address.describe('Sender'),
  smtp: z.strictObject({
    host: text.describe('Mail server'),
    port: z.int('must be a whole number').min(1, 'must be 1 or more').max(65535, 'must be 65535 or less').default(587),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('starttls: refuses to go on without; tls: from the first byte, usually port 465; none: in clear'),
    user: text.optional(),
    password: z.string().min(1, 'must not be blank').optional(),
  }),
});

export const webhookChannel = z.strictObject({
  kind: z.literal('webhook'),
  enabled,
  language,
  url,
  secret: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64')
    .optional()
    .describe('Signs what is sent (Standard Webhooks); made and shown once where it is not given'),
});

export const chatChannel = z.strictObject({
  kind: z.literal('chat'),
  enabled,
  language,
  url: url.optional().describe('Incoming webhook of Slack, Mattermost, Google Chat or Teams; it is a secret'),
});

export const channelDocument = z.discriminatedUnion('kind', [emailChannel, webhookChannel, chatChannel]);
export type ChannelDocument = z.infer<typeof channelDocument>;

const condition = z.enum(conditionNames);
const mostMinutes = 13 * 24 * 60;

export const ruleDocument = z.strictObject({
  when: z.array(condition).min(1, 'must name at least one condition').optional().describe('What is told; everything where it is not given'),
  objects: z.array(identifier).min(1, 'must name at least one').optional().describe('Connections and links; all where it is not given'),
  after: z
    .number()
    .min(0, 'must be 0 or more')
    .max(mostMinutes, `may be ${mostMinutes} at most`)
    .optional()
    .describe('Minutes that it must hold before it is told; that of each condition where it is not given'),
  calm: z.number().min(0, 'must be 0 or more').max(1440, 'may be 1440 at most').default(1).describe('Minutes well before recovery is told'),
  remind: z.number().min(0, 'must be 0 or more').max(720, 'may be 720 at most').default(24).describe('Hours between reminders; 0: none'),
  people: z.int('must be a whole number').min(0, 'must be 0 or more').default(10).describe('people-failing: more than so many'),
  share: z
    .number()
    .min(0, 'must be 0 or more')
    .max(1, 'may be 1 at most')
    .default(0.05)
    .describe('people-failing: or more than this share'),
  channels: z.array(identifier).min(1, 'must name at least one').optional().describe('Where to; all channels where it is not given'),
});
export type RuleDocument = z.infer<typeof ruleDocument>;

export const alertsDocument = z.strictObject({
  channels: z.record(identifier, channelDocument).default({}),
  rules: z.record(identifier, ruleDocument).default({}),
});
