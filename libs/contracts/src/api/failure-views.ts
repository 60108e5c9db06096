import { z } from 'zod';
import { isoTime } from '../fields-schema';
import { failuresView } from '../internal/registry-views';
import { linkDrift } from '../internal/schema-told';
import { placedProblem } from './api-error';

const inBothLanguages = z.object({ en: z.string(), cs: z.string() });

/** The error inbox: what failed with causes, and the connections of which nothing is read or written at the moment. */
export const errorInbox = failuresView.extend({
  suspended: z.array(
    z.object({
      connectionId: z.string(),
      kind: z.string().describe('Of the failure: credentials-rejected, schema-drift'),
      cause: z.string().describe("The provider's words"),
      since: isoTime.nullable(),
      advice: inBothLanguages.describe('What to do'),
    }),
  ),
  away: z.array(z.string()).describe('Services of providers that did not answer: suspended connections of theirs are missing above'),
});
export type ErrorInbox = z.infer<typeof errorInbox>;

export const retriedFailures = z.object({
  commandId: z.string(),
  state: z.enum(['obeyed', 'waiting']).describe('waiting: it is not answered yet; GET commands/{commandId} tells'),
  count: z.number().int().nullable().describe('People and diary entries that were set going; null: not answered yet'),
  resumed: z.array(z.string()).describe('Connections of the link that were suspended: what waited for them goes on now'),
  problems: z.array(placedProblem).describe('Connections of the link that could not be proven; what failed there waits on'),
});
export type RetriedFailures = z.infer<typeof retriedFailures>;

export const driftsOfLink = z.object({ drifts: z.array(linkDrift) });
export type DriftsOfLink = z.infer<typeof driftsOfLink>;
