import { readAnswer } from '@kontaktor/adapter-kit';
import { z } from 'zod';

/** The documentation shows list ids as text, the live service answers numbers. */
const listId = z.coerce.number().int();
const text = z.string().nullish();

/** An empty map is written as [] by PHP, an absent one as null. */
const mapOf = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .union([z.record(z.string(), shape), z.array(z.never()), z.null()])
    .transform((found): Record<string, z.infer<Shape>> => (found === null || Array.isArray(found) ? {} : found));

const customFields = mapOf(z.unknown()).optional();
export type CustomFields = Readonly<Record<string, unknown>>;

const membership = z.object({
  status: z.coerce.number().int(),
  subscribed_at: text,
  unsubscribed_at: text,
  unsubscribed_at_utc: text,
  custom_fields: customFields,
  // So a person is shown with it at some accounts.
  c_fields: customFields,
});
export type Membership = z.infer<typeof membership>;

const person = z.looseObject({ email: z.string(), tags: z.array(z.string()).nullish() });
export type Person = z.infer<typeof person>;

const member = membership.extend({ email: z.string(), subscriber: person });
export type Member = z.infer<typeof member>;

export const shapes = {
  lists: z.array(z.object({ id: listId, name: z.string() })),
  list: z.object({ id: listId }),
  listFields: z.object({ list: z.object({ custom_fields: mapOf(z.object({ type: text, name: text })) }) }),
  listCounts: z.object({ subscribers: z.object({ subscribed: z.coerce.number().int() }) }),
  members: z.object({
    data: z.array(member),
    next_page_url: z.string().nullish(),
    last_page: z.coerce.number().int().nullish(),
    total: z.coerce.number().int().nullish(),
  }),
  person: z.object({ subscriber: person.extend({ lists: mapOf(membership) }) }),
  membership,
  campaign: z.object({ title: z.string(), archive_url: text }),
  itemErrors: z.object({ errors: z.record(z.string(), z.unknown()) }),
};
export type MemberPage = z.infer<typeof shapes.members>;
export type PersonWithLists = z.infer<typeof shapes.person>['subscriber'];

/** @throws AdapterError of kind schema-drift that names the first place where the answer is not as documented */
export const readAs = <Shape extends z.ZodType>(shape: Shape, body: unknown, what: string): z.infer<Shape> =>
  readAnswer(shape, body, { provider: 'Ecomail', what });
