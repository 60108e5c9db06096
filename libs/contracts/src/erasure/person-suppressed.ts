import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const personSuppressedData = z.object({
  /** HMAC-SHA256 (hex) of an address, or of a record's id, with a key that only this installation has: it names nobody. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** False: an administrator lifted it. */
  suppressed: z.boolean(),
  /** When the person was erased. */
  since: isoTime,
  erasureId: z.string(),
  /** Which key made the hash: with another key nobody is recognised. */
  keyId: z.string(),
});
export type PersonSuppressed = z.infer<typeof personSuppressedData>;

/** Who was erased and stays out. Compacted, so that a restored backup learns of those who were erased after it was made. */
export const personSuppressed = defineTopic({
  name: 'person.suppressed',
  compacted: true,
  data: personSuppressedData,
  key: (data) => data.hash,
  example: {
    hash: '0123456789abcdef'.repeat(4),
    suppressed: true,
    since: '2026-03-02T08:15:00.000Z',
    erasureId: '019a0000-0000-7000-8000-0000000000ee',
    keyId: 'k1',
  },
});
