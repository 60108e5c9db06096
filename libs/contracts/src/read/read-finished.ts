import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const readFinishedData = z.object({
  connectionId: z.string(),
  readId: z.string(),
  startedAt: isoTime,
  finishedAt: isoTime,
  complete: z.boolean(),
  /** Why it is not complete, in words. */
  problem: z.string().optional(),
  /** Records (parts) the provider showed. */
  seen: z.number().int(),
  /** Observations with this read's id that were published; the registry waits until it has counted so many. */
  published: z.number().int(),
  /** Records that were known and not shown, and of which another complete read decides: too many to be looked at singly. */
  missing: z.number().int().optional(),
  calls: z.number().int(),
});
export type ReadFinished = z.infer<typeof readFinishedData>;

export const readFinished = defineTopic({
  name: 'read.finished',
  data: readFinishedData,
  key: (data) => data.connectionId,
  example: {
    connectionId: 'crm',
    readId: 'read-1',
    startedAt: '2026-03-02T08:15:00.000Z',
    finishedAt: '2026-03-02T08:15:04.000Z',
    complete: true,
    seen: 2000,
    published: 12,
    calls: 10,
  },
});
