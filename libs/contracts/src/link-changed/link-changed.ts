import { z } from 'zod';
import { defineTopic } from '../define-topic';

const end = z.object({ connectionId: z.string(), provider: z.string() });
const zone = z.string();

export const scheduleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cron'), expression: z.string(), zone }),
  z.object({ kind: z.literal('daily'), at: z.string(), zone }),
  z.object({ kind: z.literal('weekly'), weekday: z.number().int(), at: z.string(), zone }),
  z.object({ kind: z.literal('monthly'), day: z.number().int(), at: z.string(), zone }),
  z.object({ kind: z.literal('every'), hours: z.number().positive() }),
]);

export const mappingRuleSchema = z.object({
  from: z.union([z.string(), z.array(z.string())]),
  to: z.string(),
  normalise: z.array(z.enum(['trim', 'lowercase', 'uppercase', 'capitalise', 'phone', 'email', 'diacritics', 'date', 'dashes'])).optional(),
  maxLength: z.number().int().positive().optional(),
  onBlank: z.enum(['skip', 'clear']),
  conflict: z.enum(['source', 'destination', 'fill-if-empty']),
});

const linkChangedData = z.object({
  linkId: z.string(),
  version: z.number().int(),
  name: z.string(),
  enabled: z.boolean(),
  deleted: z.boolean(),
  source: end,
  destination: end,
  purpose: z.string(),
  legalBasis: z.string().optional(),
  place: z.string(),
  recordTypes: z.object({ email: z.array(z.string()), name: z.array(z.string()), phone: z.array(z.string()) }),
  tags: z.array(z.string()),
  filter: z.string().optional(),
  mapping: z.array(mappingRuleSchema),
  sharedAddress: z.enum(['first', 'newest', 'merge', 'skip']),
  leave: z.enum(['unsubscribe', 'delete', 'untag']),
  brake: z.object({ removals: z.number().int(), share: z.number() }),
  mode: z.enum(['live', 'runs-only']),
  firstRun: z.enum(['approve', 'auto']),
  canary: z.number().int().nonnegative().optional(),
  contactLimit: z.number().int().positive().optional(),
  retiring: z.boolean().optional(),
  diary: z.boolean(),
  mark: z.boolean(),
  schedule: scheduleSchema.optional(),
});
export type LinkChanged = z.infer<typeof linkChangedData>;

/** Same shape as `LinkVersion` of the domain, with `deleted`; the workspace is in the envelope. */
export const linkChanged = defineTopic({
  name: 'link.changed',
  compacted: true,
  data: linkChangedData,
  key: (data) => data.linkId,
  example: {
    linkId: 'newsletter',
    version: 1,
    name: 'Newsletter',
    enabled: true,
    deleted: false,
    source: { connectionId: 'crm', provider: 'oneclick' },
    destination: { connectionId: 'mail', provider: 'ecomail' },
    purpose: 'newsletter',
    legalBasis: 'Customers, section 7(3) of act 480/2004',
    place: 'list/7',
    recordTypes: { email: ['email'], name: ['person'], phone: ['phone'] },
    tags: ['newsletter', 'VIP'],
    mapping: [{ from: 'firstName', to: 'firstName', normalise: ['trim'], onBlank: 'skip', conflict: 'source' }],
    sharedAddress: 'first',
    leave: 'unsubscribe',
    brake: { removals: 100, share: 0.2 },
    mode: 'live',
    firstRun: 'auto',
    diary: true,
    mark: true,
    schedule: { kind: 'every', hours: 24 },
  },
});
