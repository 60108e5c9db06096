import { z } from 'zod';
import { isoTime } from '../fields-schema';

export const auditView = z.object({
  entries: z.array(
    z.object({
      entry: z.number().int().describe('Grows with time; `before` of the next page'),
      at: isoTime,
      actor: z.string().describe('A user, or a token by its name'),
      action: z.string(),
      object: z.string().describe('Kind and id: `link newsletter`'),
      detail: z.record(z.string(), z.unknown().describe('Any JSON value')).describe('Versions and names of changed fields, never values'),
    }),
  ),
});
export type AuditView = z.infer<typeof auditView>;

export const deadLettersView = z.object({
  deadLetters: z.array(
    z.object({
      id: z.string(),
      service: z.string(),
      topic: z.string(),
      reason: z.string(),
      attempts: z.number().int(),
      diedAt: isoTime,
    }),
  ),
  away: z.array(z.string()).describe('Services that did not answer: what they could not read is missing above'),
});
export type DeadLettersView = z.infer<typeof deadLettersView>;

export const sentAgainView = z.object({ applied: z.number().int(), stillDead: z.number().int() });
export type SentAgainView = z.infer<typeof sentAgainView>;
