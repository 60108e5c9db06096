import { z } from 'zod';
import { isoTime } from '../fields-schema';

/** Settings with secrets in clear, for a call that is made once and kept nowhere; internal HTTP only. */
export const settingsRequest = z.object({ settings: z.record(z.string(), z.unknown()) });

/** `POST /internal/check` at an adapter, with `settingsRequest`: proves base URL and credentials by a cheap call. */
export const checkAnswer = z.discriminatedUnion('ok', [
  /** `resumed`: reads and writes of a saved connection were suspended, and go on now. */
  z.object({ ok: z.literal(true), account: z.string(), resumed: z.boolean().optional() }),
  /** `place` names the setting at fault (`settings.apiKey`) where that is known. */
  z.object({ ok: z.literal(false), problems: z.array(z.object({ place: z.string(), problem: z.string() })) }),
]);
export type CheckAnswer = z.infer<typeof checkAnswer>;

export const choice = z.object({ key: z.string(), label: z.string(), holds: z.string().optional() });

const ownField = z.object({ type: z.string(), writable: z.boolean(), label: z.object({ en: z.string(), cs: z.string() }) });

/** `POST /internal/describe` at an adapter, with `settingsRequest`: what the account offers to pick from; null: the provider has no such thing. */
export const describeAnswer = z.object({
  lists: z.array(choice).nullable(),
  tags: z.array(choice).nullable(),
  recordTypes: z.array(choice).nullable(),
  fields: z
    .record(z.string(), ownField)
    .optional()
    .describe('Fields that only this account has, by name; one that belongs to a list begins with it: list/7/owner'),
});
export type DescribeAnswer = z.infer<typeof describeAnswer>;

/** `POST /internal/ensure-list` at an adapter: makes the list when none has this name. */
export const ensureListRequest = settingsRequest.extend({
  list: z.object({ name: z.string(), fromName: z.string(), fromEmail: z.string(), replyTo: z.string() }),
});
export const ensureListAnswer = z.object({ place: z.string() });

/** `POST /internal/connections/:workspaceId/:connectionId/resume` at an adapter: whether the connection was suspended, and no longer is. */
export const resumeAnswer = z.object({ resumed: z.boolean() });

/** Body of any 4xx or 5xx of internal HTTP at an adapter: a classified failure of the provider. */
export const providerFailure = z.object({ kind: z.string(), message: z.string() });

/** `GET /internal/connections/troubles` at an adapter: how each enabled connection fares. */
export const connectionTrouble = z.object({
  workspaceId: z.string(),
  connectionId: z.string(),
  /** `kind` is that of the failure: `credentials-rejected`, `schema-drift`. */
  suspended: z.object({ kind: z.string(), cause: z.string(), since: isoTime.nullable() }).nullable(),
  /** Its reads, or looks for changes, failed the last time, and are tried again. */
  failing: z.boolean(),
  /** Since when a look for changes is overdue; null: none is. */
  pollDueSince: isoTime.nullable(),
  /** Of those that are still kept; null: none is. */
  lastWebhookAt: isoTime.nullable(),
});
export type ConnectionTrouble = z.infer<typeof connectionTrouble>;
