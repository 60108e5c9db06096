import { z } from 'zod';
import { defineTopic } from '../define-topic';

const syncRequestedData = z.object({
  linkId: z.string(),
  runId: z.string(),
  mode: z.enum(['full', 'dry']),
  /** Version the asker saw; the registry waits until it has seen it too. */
  linkVersion: z.number().int().optional(),
  /** User who asked, or absent for a slot of the schedule. */
  requestedBy: z.string().optional(),
  /** The schedule's slot, ISO 8601; unique per link. */
  slot: z.string().optional(),
});
export type SyncRequested = z.infer<typeof syncRequestedData>;

export const syncRequested = defineTopic({
  name: 'sync.requested',
  data: syncRequestedData,
  key: (data) => data.linkId,
  example: { linkId: 'newsletter', runId: 'run-1', mode: 'full', slot: '2026-03-02T01:00:00.000Z' },
});
