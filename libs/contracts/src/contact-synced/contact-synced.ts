import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';
import { observedRecordSchema } from '../contact-observed/contact-observed';

const contactSyncedData = z.object({
  connectionId: z.string(),
  remotePersonId: z.string(),
  kind: z.enum(['state', 'mark', 'activity', 'erase']),
  version: z.number().int(),
  runId: z.string().optional(),
  linkId: z.string().optional(),
  outcome: z.enum(['done', 'unchanged', 'failed', 'suspended', 'uncertain', 'stopped', 'superseded']),
  /** The provider's id of the person, once known. */
  remoteId: z.string().optional(),
  /** Stamps the provider answered, by ledger item (`place:list/7`). */
  stamps: z.record(z.string(), z.string()).optional(),
  /** State that was read in the same work item, when it was. */
  read: observedRecordSchema.optional(),
  /** Provider calls of the whole batch, told on one of its items. */
  calls: z.number().int().optional(),
  /** Adapter's database time after the call, plus the provider's read lag: an earlier reading may not show what was written. */
  at: isoTime,
  /** Of an erasure: what stays at the provider, and what a person has to do about it there. */
  remains: z.object({ en: z.string(), cs: z.string() }).optional(),
  failure: z.object({ kind: z.string(), message: z.string(), attempts: z.number().int(), retryAt: isoTime.optional() }).optional(),
});
export type ContactSynced = z.infer<typeof contactSyncedData>;

export const contactSynced = defineTopic({
  name: 'contact.synced',
  data: contactSyncedData,
  key: (data) => `${data.connectionId}/${data.remotePersonId}`,
  example: {
    connectionId: 'mail',
    remotePersonId: 'rp-1',
    kind: 'state',
    version: 1,
    runId: 'run-1',
    linkId: 'newsletter',
    outcome: 'done',
    remoteId: 'petr@novak.example',
    at: '2026-03-02T08:15:06.000Z',
  },
});
