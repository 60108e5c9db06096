import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { fieldsSchema, isoTime } from '../fields-schema';

/** What is known to stand there, so that the adapter can choose the right call without reading first. */
const thereSchema = z.object({
  known: z.boolean(),
  tags: z.array(z.string()),
  places: z.record(z.string(), z.string()),
});

const wantSchema = z.object({
  create: z.boolean(),
  subscribe: z.array(z.string()),
  comeBack: z.array(z.object({ place: z.string(), stamp: z.string() })),
  unsubscribe: z.array(z.string()),
  addTags: z.array(z.string()),
  removeTags: z.array(z.string()),
  fields: fieldsSchema,
  delete: z.boolean(),
});

const activitySchema = z.object({
  /** Unique for ever: `ecomail:<event_id>`. */
  externalId: z.string(),
  kind: z.string(),
  at: isoTime,
  text: z.string(),
  campaign: z.object({ id: z.string(), title: z.string(), url: z.string().optional() }).optional(),
  address: z.string(),
});
export type RequestedActivity = z.infer<typeof activitySchema>;

/** Who is to be erased at a connection: by address where that is the provider's key, else by record. */
export const personToErase = z.object({ address: z.string().nullable(), remoteId: z.string().nullable(), group: z.string().nullable() });
export type PersonToErase = z.infer<typeof personToErase>;

const base = {
  connectionId: z.string(),
  /** Whose adapter writes. */
  provider: z.string(),
  /** Registry's id of the remote person; work hangs on it. For marks and activities: the source record. */
  remotePersonId: z.string(),
  /** Grows with each request for this remote person and kind; only the newest is delivered. */
  version: z.number().int(),
  runId: z.string().optional(),
  linkId: z.string().optional(),
};

const writeRequestedData = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('state'),
    priority: z.enum(['opt-out', 'normal']),
    /** The provider's id where it is known, else null. */
    remoteId: z.string().nullable(),
    address: z.string(),
    there: thereSchema,
    want: wantSchema,
  }),
  z.object({
    ...base,
    kind: z.literal('mark'),
    /** Slot to mark (`record/9001`). */
    slotKey: z.string(),
    mark: z.object({ system: z.string(), at: isoTime, what: z.string() }).nullable(),
    /** Whose mark is taken away; one that is put carries it itself. */
    system: z.string().optional(),
  }),
  /** Takes the person's turn from every other write. `person` is `personToErase` as JSON, sealed. */
  z.object({ ...base, kind: z.literal('erase'), erasureId: z.string(), person: z.string() }),
  z.object({ ...base, kind: z.literal('activity'), remoteId: z.string(), slotKey: z.string().optional(), activity: activitySchema }),
]);
export type WriteRequested = z.infer<typeof writeRequestedData>;
export type StateWriteRequested = Extract<WriteRequested, { kind: 'state' }>;
export type MarkRequested = Extract<WriteRequested, { kind: 'mark' }>;
export type EraseRequested = Extract<WriteRequested, { kind: 'erase' }>;
export type ActivityRequested = Extract<WriteRequested, { kind: 'activity' }>;

export const writeRequested = defineTopic({
  name: 'write.requested',
  data: writeRequestedData,
  key: (data) => `${data.connectionId}/${data.remotePersonId}`,
  example: {
    kind: 'state',
    connectionId: 'mail',
    provider: 'ecomail',
    remotePersonId: 'rp-1',
    version: 1,
    runId: 'run-1',
    linkId: 'newsletter',
    priority: 'normal',
    remoteId: null,
    address: 'petr@novak.example',
    there: { known: false, tags: [], places: {} },
    want: {
      create: true,
      subscribe: ['list/7'],
      comeBack: [],
      unsubscribe: [],
      addTags: ['newsletter'],
      removeTags: [],
      fields: { firstName: 'Petr' },
      delete: false,
    },
  },
});
