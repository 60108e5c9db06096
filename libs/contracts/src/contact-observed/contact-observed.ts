import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { fieldsSchema, isoTime } from '../fields-schema';

const slotSchema = z.object({
  key: z.string(),
  type: z.string(),
  address: z.string(),
  tags: z.array(z.string()),
  primary: z.boolean(),
});

export const placeStateSchema = z.object({
  status: z.enum(['subscribed', 'unsubscribed', 'soft-bounced', 'hard-bounced', 'complained', 'unconfirmed']),
  since: z.object({ from: isoTime, to: isoTime }).optional(),
  stamp: z.string().optional(),
});

export const observedRecordSchema = z.object({
  kind: z.enum(['person', 'company']),
  fields: fieldsSchema,
  tags: z.array(z.string()),
  slots: z.array(slotSchema),
  places: z.record(z.string(), placeStateSchema),
  changedAt: isoTime.optional(),
});

const contactObservedData = z.object({
  connectionId: z.string(),
  /** Unique at the connection: `person/81`, `contact/4711`, an address at Ecomail. */
  remoteId: z.string(),
  /** Piece of the record that this reading shows (`list/7`); empty: the whole. Pieces are merged by the registry. */
  part: z.string(),
  /** Records that were read together: what a fresh view of a group lacks, is gone. */
  group: z.string().optional(),
  readId: z.string().optional(),
  /** The adapter's database time before the request that showed this. */
  readAt: isoTime,
  presence: z.enum(['present', 'removed', 'gone']),
  /** Names of the parts of the record that the reading covers: field names, `tags`, `slots`, `place:<list>`. */
  covers: z.array(z.string()),
  /** Absent when gone. */
  record: observedRecordSchema.optional(),
});
export type ContactObserved = z.infer<typeof contactObservedData>;

export const contactObserved = defineTopic({
  name: 'contact.observed',
  data: contactObservedData,
  key: (data) => `${data.connectionId}/${data.remoteId}`,
  example: {
    connectionId: 'crm',
    remoteId: 'person/81',
    part: '',
    group: 'contact/4711',
    readId: 'read-1',
    readAt: '2026-03-02T08:15:00.000Z',
    presence: 'present',
    covers: ['firstName', 'lastName', 'tags', 'slots'],
    record: {
      kind: 'person',
      fields: { firstName: 'Petr', lastName: 'Novák' },
      tags: ['VIP'],
      slots: [{ key: 'record/9001', type: 'email', address: 'petr@novak.example', tags: ['newsletter'], primary: true }],
      places: {},
    },
  },
});
