import { readAnswer } from '@kontaktor/adapter-kit';
import { z } from 'zod';

/** The documentation shows list ids as text, the live service answers numbers. */
const listId = z.coerce.number().int();
const text = z.string().nullish();

const membership = z.object({
  status: z.coerce.number().int(),
  subscribed_at: text,
  unsubscribed_at: text,
  unsubscribed_at_utc: text,
});
export type Membership = z.infer<typeof membership>;

const person = z.looseObject({ email: z.string(), tags: z.array(z.string()).nullish() });
export type Person = z.infer<typeof person>;

const member = membership.extend({ email: z.string(), subscriber: person });
export type Member = z.infer<typeof member>;

// An empty map is written as [] by PHP, an absent one as null.
const memberships = z
  .union([z.record(z.string(), membership), z.array(z.never()), z.null()])
  .transform((found): Record<string, Membership> => (found === null || Array.isArray(found) ? {} : found));

export const shapes = {
  lists: z.array(z.object({ id: listId, name: z.string() })),
  list: z.object({ id: listId }),
  listCounts: z.object({ subscribers: z.object({ subscribed: z.coerce.number().int() }) }),
  members: z.object({
    data: z.array(member),
    next_page_url: z.string().nullish(),
    last_page: z.coerce.number().int().nullish(),
    total: z.coerce.number().int().nullish(),
  }),
  person: z.object({ subscriber: person.extend({ lists: memberships }) }),
  membership,
  campaign: z.object({ title: z.string(), archive_url: text }),
  itemErrors: z.object({ errors: z.record(z.string(), z.unknown()) }),
};
export type MemberPage = z.infer<typeof shapes.members>;
export type PersonWithLists = z.infer<typeof shapes.person>['subscriber'];

/** @throws AdapterError of kind schema-drift that names the first place where the answer is not as documented */
export const readAs = <Shape extends z.ZodType>(shape: Shape, body: unknown, what: string): z.infer<Shape> =>
  readAnswer(shape, body, { provider: 'Ecomail', what });
