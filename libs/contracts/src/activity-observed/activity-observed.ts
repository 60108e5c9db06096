import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const activityObservedData = z.object({
  connectionId: z.string(),
  provider: z.string(),
  /** Record, or group of records, that the entry stands at. */
  remoteId: z.string(),
  /** Unique for ever; an entry that we wrote comes back with the id we gave it. */
  activityId: z.string(),
  kind: z.string(),
  at: isoTime,
  text: z.string(),
  author: z.string().optional(),
});
export type ActivityObserved = z.infer<typeof activityObservedData>;

/** An entry of the diary at the source, written by the team there: for the contact's journal. */
export const activityObserved = defineTopic({
  name: 'activity.observed',
  data: activityObservedData,
  key: (data) => `${data.connectionId}/${data.remoteId}`,
  example: {
    connectionId: 'crm',
    provider: 'oneclick',
    remoteId: 'contact/4711',
    activityId: 'oneclick:88',
    kind: 'call',
    at: '2026-03-02T08:15:00.000Z',
    text: 'Called about the offer',
    author: 'jana.kralova',
  },
});
