import { z } from 'zod';

/** `POST /internal/last-look` at the registry: an adapter asks just before its calls whether each item still stands. */
export const lastLookRequest = z.object({
  items: z
    .array(
      z.object({
        workspaceId: z.string(),
        remotePersonId: z.string(),
        version: z.number().int(),
        runId: z.string().optional(),
        /** Absent: state. */
        kind: z.enum(['state', 'mark', 'activity', 'erase']).optional(),
        /** An opt-out: it goes on also while all else is stopped. */
        urgent: z.boolean().optional(),
      }),
    )
    .max(5000),
});
export type LastLookRequest = z.infer<typeof lastLookRequest>;

/** One verdict an item, in their order. `wait`: the workspace is stopped, ask again later. `ticket` is there when the gate is open; it lives 60 s. */
export const lastLookAnswer = z.object({
  verdicts: z.array(
    z.object({
      verdict: z.enum(['go', 'stop', 'superseded', 'wait']),
      reason: z.string().optional(),
      ticket: z.object({ address: z.string(), purpose: z.string(), expiresAt: z.string() }).optional(),
    }),
  ),
});
export type LastLookAnswer = z.infer<typeof lastLookAnswer>;
