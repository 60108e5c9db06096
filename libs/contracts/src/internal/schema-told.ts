import { z } from 'zod';
import { isoTime } from '../fields-schema';

const keys = z.array(z.string()).nullable();

/** `POST /internal/schemas` at the registry: what an account offers now, by the clock of the adapter's database. null: its provider has no such thing. */
export const accountSchemaTold = z.object({
  ...{ workspaceId: z.string(), connectionId: z.string(), at: isoTime },
  fields: z.record(z.string(), z.object({ type: z.string(), writable: z.boolean(), options: z.array(z.string()).optional() })),
  ...{ lists: keys, tags: keys, recordTypes: keys },
});
export type AccountSchemaTold = z.infer<typeof accountSchemaTold>;

/** What of a link is paused because something it uses changed at a provider. */
export const linkDrift = z.object({
  ...{ connectionId: z.string(), thing: z.enum(['field', 'list', 'tag', 'record-type']), name: z.string() },
  change: z.enum(['gone', 'type', 'read-only', 'options']),
  /** Fields of the destination that are not written; null: the whole link is paused. */
  pauses: z.array(z.string()).nullable(),
  since: isoTime,
  /** It is as it was again: the next run writes what waits. */
  returned: z.boolean(),
  /** What changed, what pauses, and what to do. */
  text: z.object({ en: z.string(), cs: z.string() }),
});
export type LinkDrift = z.infer<typeof linkDrift>;
