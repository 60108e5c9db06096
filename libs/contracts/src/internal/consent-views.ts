import { z } from 'zod';
import { isoTime } from '../fields-schema';

/** One line of the history of consent. `from`..`to` is when it happened, `recordedAt` when we came to know. */
export const consentLine = z.object({
  ...{ address: z.string(), purpose: z.string(), kind: z.string(), from: isoTime, to: isoTime },
  ...{ where: z.string(), how: z.string(), evidence: z.string(), recordedAt: isoTime },
});

/** `GET …/consent/report?after=&limit=`: all whom we ever subscribed, oldest first, with the evidence and what had been known of them then. */
export const consentReport = z.object({
  subscriptions: z.array(
    consentLine.extend({
      /** `against-opt-out` must never be; what each means stands in the domain's `subscriptionVerdicts`. */
      verdict: z.enum(['clean', 'renewed', 'learnt-later', 'on-the-way', 'other-address', 'against-opt-out']),
      /** The opt-out that the verdict is about. */
      optOut: consentLine.nullable(),
    }),
  ),
  /** For `after`; null at the end. */
  next: z.string().nullable(),
});
export type ConsentReport = z.infer<typeof consentReport>;
