import { z } from 'zod';
import { mappingRuleSchema } from '@kontaktor/contracts';
import { parseFilter } from '@kontaktor/mapping';
import { scheduleDocument } from './schedule-document';

export const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be small letters, digits and dashes, such as newsletter-1');
export const text = z.string().trim().min(1, 'must not be blank').max(500, 'may have 500 characters at most');
const texts = z.array(text).max(500, 'may name 500 at most');

const howToName = 'must be such as list/7, or name, fromName, fromEmail and replyTo of a new list';

/** A list that Kontaktor makes at the destination. */
export const newList = z.strictObject({
  name: text.describe('Name of the list to make'),
  fromName: text.describe('Sender name of its campaigns'),
  fromEmail: z.email('must be an e-mail address').describe('Sender e-mail'),
  replyTo: z.email('must be an e-mail address').describe('Where answers go'),
});

const listKey = z.string({ error: ({ input }) => (input === undefined ? undefined : howToName) }).regex(/^list\/[^\s/]+$/, howToName);

const wholeLength = 'must be a whole number of characters, 1 or more';

export const mappingRule = z.strictObject({
  from: z.union([text, texts]).describe('Field of the source, or several: the first that is not blank'),
  to: text.describe('Field of the destination'),
  normalise: mappingRuleSchema.shape.normalise,
  maxLength: z.int(wholeLength).min(1, wholeLength).optional(),
  onBlank: mappingRuleSchema.shape.onBlank
    .default('skip')
    .describe('What a blank does: skip leaves the destination alone, clear empties it'),
  conflict: mappingRuleSchema.shape.conflict.default('source').describe('Which end wins when both changed'),
});

const wholePeople = 'must be a whole number of people, 0 or more';
const share = 'must be 0 to 1; 0.2 is a fifth of the members';

/** The keys of a link, each with its default. */
export const linkShape = {
  name: text.optional().describe('Name for people; its id where it is not given'),
  enabled: z.boolean().default(true),
  source: identifier.describe('Connection that people come from'),
  destination: identifier.describe('Connection that people go to'),
  list: z.union([listKey, newList]),
  purpose: text.describe('What people agreed to, such as newsletter'),
  legalBasis: text.describe('Why these people may be written to; kept as evidence'),
  recordTypes: z.strictObject({
    email: texts.min(1, 'must name at least one record type').describe('Record types that give the e-mail'),
    name: texts.default([]).describe('Record types that give the name'),
    phone: texts.default([]).describe('Record types that give the phone, in order of preference'),
  }),
  tags: texts.min(1, 'must name at least one tag').describe('Who has one of these travels, with it'),
  filter: z
    .string()
    .max(10_000, { error: 'may have 10000 characters at most', abort: true })
    .superRefine(checkFilterSyntax)
    .optional()
    .describe('A condition that must hold besides'),
  mapping: z
    .array(mappingRule)
    .max(500, 'may have 500 rules at most')
    .optional()
    .describe('Pairs of fields; names, titles, company and phone where it is not given'),
  sharedAddress: z.enum(['first', 'newest', 'merge', 'skip']).default('first'),
  leave: z.enum(['unsubscribe', 'delete', 'untag']).default('unsubscribe'),
  brake: z
    .strictObject({
      removals: z.int(wholePeople).min(0, wholePeople).default(100),
      share: z.number().min(0, share).max(1, share).default(0.2),
    })
    .default({ removals: 100, share: 0.2 })
    .describe('A run that would remove more stops'),
  mode: z.enum(['live', 'runs-only']).default('live'),
  firstRun: z.enum(['approve', 'auto']).default('approve').describe('The first plan of each version waits for approval, or not'),
  canary: z
    .number()
    .int('must be a whole number')
    .min(0, 'must be 0 or more')
    .max(100_000, 'may be 100000 at most')
    .default(0)
    .describe('So many people of a first run are written and confirmed before the rest'),
  contactLimit: z
    .number()
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .optional()
    .describe('People that your plan at the destination allows; a plan that would pass it carries a warning'),
  diary: z.boolean().default(true).describe('Write campaign deliveries into the diary of the source'),
  mark: z.boolean().default(true).describe('Put the mark of the destination on synced records'),
  schedule: z.union([z.literal('none'), scheduleDocument]).default({ kind: 'every', hours: 24 }),
};

export const linkDocument = z.strictObject(linkShape);
export type LinkDocument = z.infer<typeof linkDocument>;

function checkFilterSyntax(filter: string, context: z.RefinementCtx): void {
  const parsed = parseFilter(filter);
  for (const { line, column, message } of parsed.ok ? [] : parsed.problems)
    context.addIssue({ code: 'custom', message: `line ${line}, column ${column}: ${message}` });
}
