import { readAnswer } from '@kontaktor/adapter-kit';
import { z } from 'zod';

const id = z.number().int();
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time');

const record = z.object({
  id,
  type: z.string(),
  value: z.string().nullish(),
  street: z.string().nullish(),
  city: z.string().nullish(),
  zip: z.string().nullish(),
  person_id: id.nullable(),
  primary: z.boolean().optional(),
  deleted: z.boolean(),
  tags: z.array(z.string()),
});

const contact = z.object({
  id,
  name: z.string(),
  ic: z.string().nullish(),
  dic: z.string().nullish(),
  note: z.string().nullish(),
  deleted: z.boolean(),
  merged_into: id.nullable(),
  tags: z.array(z.string()),
  persons: z.array(
    z.object({
      id,
      first_name: z.string().nullish(),
      last_name: z.string().nullish(),
      position: z.string().nullish(),
      deleted: z.boolean(),
    }),
  ),
  records: z.array(record),
  changed_at: time,
});
export type Contact = z.infer<typeof contact>;
export type ContactRecord = z.infer<typeof record>;

const diaryEntry = z.object({
  id,
  contact_id: id,
  kind: z.string(),
  at: time,
  text: z.string(),
  person_id: id.nullish(),
  author: z.string().nullish(),
  external_id: z.string().nullish(),
});

const itemResult = z.object({
  status: z.number(),
  merged_into: id.optional(),
  error: z.object({ message: z.string() }).optional(),
});
export type ItemResult = z.infer<typeof itemResult>;

export const shapes = {
  contact,
  contactPage: z.object({ items: z.array(contact), next_cursor: z.string().nullable() }),
  mergedInto: z.object({ merged_into: id }),
  diaryPage: z.object({ items: z.array(diaryEntry), next_cursor: z.string().nullable() }),
  tags: z.object({ items: z.array(z.object({ name: z.string(), scope: z.string(), for_email: z.boolean() })) }),
  recordTypes: z.object({ items: z.array(z.object({ key: z.string(), label: z.string(), holds: z.string() })) }),
  me: z.object({ tenant: z.string(), user: z.string() }),
  itemStatuses: z.object({ results: z.array(itemResult) }),
};

/** @throws AdapterError of kind schema-drift that names the first place where the answer is not as documented */
export const readAs = <Shape extends z.ZodType>(shape: Shape, body: unknown, what: string): z.infer<Shape> =>
  readAnswer(shape, body, { provider: '1CLICK', what });
