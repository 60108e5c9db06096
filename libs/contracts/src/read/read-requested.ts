import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const readRequestedData = z.object({
  connectionId: z.string(),
  /** Whose adapter reads. */
  provider: z.string(),
  readId: z.string(),
  requestedAt: isoTime,
  /** `full` walks everything; `resend` reads the named records again and publishes them whatever their hash. */
  mode: z.enum(['full', 'resend']),
  resend: z.array(z.string()).optional(),
  /** With `resend`: pieces (lists) that each of the named records is thought to have; those that are not shown are told to be gone. */
  parts: z.array(z.string()).optional(),
  /** Epoch of the registry: another than before clears the hashes, so everything is published again. */
  registryEpoch: z.number().int(),
});
export type ReadRequested = z.infer<typeof readRequestedData>;

export const readRequested = defineTopic({
  name: 'read.requested',
  data: readRequestedData,
  key: (data) => data.connectionId,
  example: {
    connectionId: 'crm',
    provider: 'oneclick',
    readId: 'read-1',
    requestedAt: '2026-03-02T08:15:00.000Z',
    mode: 'full',
    registryEpoch: 1,
  },
});
