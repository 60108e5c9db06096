import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { fieldsSchema } from '../fields-schema';

const contactChangedData = z.object({
  contactId: z.string(),
  /** Last value for an erased person: nothing else is set. */
  erased: z.boolean(),
  addresses: z.array(z.object({ address: z.string(), current: z.boolean() })),
  records: z.array(
    z.object({ connectionId: z.string(), remoteId: z.string(), presence: z.string(), fields: fieldsSchema, tags: z.array(z.string()) }),
  ),
  places: z.array(z.object({ connectionId: z.string(), place: z.string(), status: z.string() })),
});
export type ContactChanged = z.infer<typeof contactChangedData>;

/** For anyone: search and growth in control, and any other system of the user. */
export const contactChanged = defineTopic({
  name: 'contact.changed',
  compacted: true,
  data: contactChangedData,
  key: (data) => data.contactId,
  example: {
    contactId: '019a0000-0000-7000-8000-0000000000aa',
    erased: false,
    addresses: [{ address: 'petr@novak.example', current: true }],
    records: [{ connectionId: 'crm', remoteId: 'person/81', presence: 'present', fields: { firstName: 'Petr' }, tags: ['VIP'] }],
    places: [],
  },
});
