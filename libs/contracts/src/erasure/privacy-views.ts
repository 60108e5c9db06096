import { z } from 'zod';
import { isoTime } from '../fields-schema';

const sentence = z.object({ en: z.string(), cs: z.string() });

/** Who is to be erased, and where besides our own store and the destinations. */
export const erasureQuestion = z.object({
  address: z.string(),
  /** Of the people with this address; absent: the only one. */
  contactIds: z.array(z.uuid()).optional(),
  /** Source connections at which the person's own record goes too. */
  at: z.array(z.string()).optional(),
});
export type ErasureQuestion = z.infer<typeof erasureQuestion>;

/** `POST …/privacy/preview` with `erasureQuestion`: what would go, and what it depends on. Nothing is changed. */
export const erasurePreview = z.object({
  address: z.string(),
  contacts: z.array(
    z.object({
      contactId: z.string(),
      chosen: z.boolean(),
      addresses: z.array(z.object({ address: z.string(), current: z.boolean(), sharedWith: z.number().int() })),
      records: z.array(z.object({ connectionId: z.string(), remoteId: z.string(), name: z.string().nullable(), presence: z.string() })),
    }),
  ),
  /** Several people have the address: say who is meant. */
  mustChoose: z.boolean(),
  /** Addresses that other people have too: they stay, and are not kept out. */
  shared: z.array(z.string()),
  /** What is kept of the chosen people. */
  counts: z.record(z.string(), z.number().int()),
  places: z.array(
    z.object({
      connectionId: z.string(),
      provider: z.string(),
      /** `keep`: a source whose own record stays, unless it is named. */
      does: z.enum(['erase', 'keep']),
      note: sentence,
    }),
  ),
  /** Since when the address is kept out already; null: it is not. */
  suppressedSince: isoTime.nullable(),
  /** To be sent with the order: it holds for exactly these people, records and places. Null: choose first. */
  confirmation: z.string().nullable(),
});
export type ErasurePreview = z.infer<typeof erasurePreview>;

const place = z.object({
  /** `registry`, `service/webhook-ingest`, `connection/mail`, `topics`, `backups`. */
  place: z.string(),
  state: z.enum(['pending', 'done', 'by-hand', 'kept', 'expires']),
  note: sentence,
  removed: z.record(z.string(), z.number().int()),
  doneAt: isoTime.nullable(),
  /** When the last copy there is gone by itself; null: nothing is left to expire. */
  expiresAt: isoTime.nullable(),
});

/** `GET …/privacy/erasures/:erasureId`: the receipt. It names nobody. */
export const erasureReceipt = z.object({
  erasureId: z.string(),
  /** Keyed hash of the address that was asked for. */
  subject: z.string(),
  askedBy: z.string(),
  askedAt: isoTime,
  /** Every place that erases has done so; what expires by itself, or has to be done by hand, stands at its place. */
  finished: z.boolean(),
  liftedAt: isoTime.nullable(),
  liftedBy: z.string().nullable(),
  places: z.array(place),
});
export type ErasureReceipt = z.infer<typeof erasureReceipt>;

/** `GET …/privacy/erasures?limit=`: newest first. */
export const erasuresView = z.object({ erasures: z.array(erasureReceipt) });
export type ErasuresView = z.infer<typeof erasuresView>;
