import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const erasureRequestedData = z.object({
  erasureId: z.string(),
  at: isoTime,
  keyId: z.string(),
  /** From now on whatever bears one of these is not kept. */
  hashes: z.array(z.string()),
  /** `ErasedPerson` as JSON, sealed: the order to erase is no other copy of the person. */
  person: z.string(),
});
export type ErasureRequested = z.infer<typeof erasureRequestedData>;

/** What is sealed in it: addresses that are of nobody else, and records. */
export const erasedPerson = z.object({
  addresses: z.array(z.string()),
  records: z.array(z.object({ connectionId: z.string(), remoteId: z.string() })),
});
export type ErasedPerson = z.infer<typeof erasedPerson>;

/** Every service that keeps anything of people erases one of them from its own tables. */
export const erasureRequested = defineTopic({
  name: 'erasure.requested',
  data: erasureRequestedData,
  key: (data) => data.erasureId,
  example: {
    erasureId: '019a0000-0000-7000-8000-0000000000ee',
    at: '2026-03-02T08:15:00.000Z',
    keyId: 'k1',
    hashes: ['0123456789abcdef'.repeat(4)],
    person: 'v1.k1.x.y.z',
  },
});
