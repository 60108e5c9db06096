import { z } from 'zod';
import { observedRecordSchema, placeStateSchema } from '../contact-observed/contact-observed';
import { fieldsSchema, fieldValueSchema, isoTime } from '../fields-schema';

const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  text: z.object({ en: z.string(), cs: z.string() }),
});
const slot = { linkId: z.string(), slotKey: z.string() };

/** `POST …/privacy/export` with `erasureQuestion`: everything that is known of one person, written piece by piece. */
export const personExport = z.object({
  address: z.string(),
  exportedAt: isoTime,
  /** Several people have the address: nothing is told before it is said who is meant. */
  mustChoose: z.boolean(),
  /** Of whom one has to be chosen; empty otherwise. */
  candidates: z.array(z.string()),
  contacts: z.array(z.object({ contactId: z.string(), addresses: z.array(z.string()), formerAddresses: z.array(z.string()) })),
  /** What is told there may be somebody else's, and is left out. */
  sharedAddresses: z.array(z.string()),
  records: z.array(
    z.object({ connectionId: z.string(), remoteId: z.string(), presence: z.string(), readAt: isoTime, record: observedRecordSchema }),
  ),
  places: z.array(
    z.object({
      ...{ connectionId: z.string(), remoteId: z.string().nullable(), address: z.string() },
      standsThere: z.object({
        ...{ known: z.boolean(), fields: fieldsSchema, tags: z.array(z.string()), covers: z.array(z.string()) },
        places: z.record(z.string(), placeStateSchema),
      }),
      writtenByUs: z.record(
        z.string(),
        z.object({ value: fieldValueSchema, ours: z.boolean(), stamp: z.string().optional(), shown: fieldValueSchema.optional() }),
      ),
      ...{ writtenAt: isoTime.nullable(), outcome: z.string().nullable(), problem: z.string().nullable() },
    }),
  ),
  consent: z.array(
    z.object({
      ...{ address: z.string(), purpose: z.string(), kind: z.string(), from: isoTime, to: isoTime },
      ...{ where: z.string(), how: z.string(), evidence: z.string(), recordedAt: isoTime },
    }),
  ),
  profiles: z.array(
    z.object({
      ...{ ...slot, connectionId: z.string(), remoteId: z.string(), address: z.string().nullable(), eligible: z.boolean(), reason },
      desired: z.object({ places: z.array(z.string()), tags: z.array(z.string()), fields: fieldsSchema }).nullable(),
      ...{ outcome: z.string(), decidedAt: isoTime },
    }),
  ),
  decisions: z.array(z.object({ ...slot, at: isoTime, eligible: z.boolean(), reason, linkVersion: z.number().int() })),
  activities: z.array(
    z.object({
      ...{ connectionId: z.string(), kind: z.string(), at: isoTime, text: z.string(), address: z.string().nullable() },
      ...{ author: z.string().nullable(), state: z.string() },
      campaign: z.object({ id: z.string(), title: z.string(), url: z.string().optional() }).nullable(),
    }),
  ),
  runs: z.array(
    z.object({
      ...{ runId: z.string(), linkId: z.string(), state: z.string(), requestedAt: isoTime, finishedAt: isoTime.nullable() },
      ...{ slotKey: z.string(), operation: z.string(), reason, parked: z.boolean() },
    }),
  ),
});
export type PersonExport = z.infer<typeof personExport>;
