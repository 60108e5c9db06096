import { z } from 'zod';
import { fieldsSchema, isoTime } from '../fields-schema';
import { consentLine } from './consent-views';
import { runCounts, runPace } from '../run-progressed/run-progressed';
import { linkDrift } from './schema-told';

const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  /** The same in words; each says what would change it. */
  text: z.object({ en: z.string(), cs: z.string() }),
});

/** `GET /internal/workspaces/:workspaceId/runs?linkId=&limit=` (newest first); `…/runs/:runId` answers one. */
export const runView = z.object({
  runId: z.string(),
  linkId: z.string(),
  linkVersion: z.number().int(),
  mode: z.enum(['full', 'dry', 'undo']),
  /** The run that it undoes. */
  undoes: z.string().nullish(),
  state: z.string(),
  requestedBy: z.string().nullable(),
  slot: z.string().nullable(),
  requestedAt: isoTime,
  finishedAt: isoTime.nullable(),
  planHash: z.string().nullable(),
  counts: runCounts,
  progress: runPace,
  /** Why it waits, or ended otherwise than asked. */
  problem: z.string().nullable(),
  /** What whoever approves should know. */
  warnings: z.array(z.string()),
  approvedBy: z.string().nullable(),
  approvedAt: isoTime.nullable(),
});
export type RunView = z.infer<typeof runView>;

const planCounts = z.object({
  ...{ read: z.number().int(), eligible: z.number().int(), excluded: z.number().int(), excludedBy: z.record(z.string(), z.number().int()) },
  ...{ create: z.number().int(), update: z.number().int(), remove: z.number().int(), unchanged: z.number().int() },
  /** Members that the link owns before the run. */
  owned: z.number().int(),
  /** Of an undo: what stays because it was changed since, and what nothing can bring back. */
  ...{ kept: z.number().int().optional(), irreversible: z.number().int().optional() },
});

/** `GET …/runs/:runId/plan?operation=&parked=&after=&limit=`: what a run would do, or did, item by item. */
export const planView = z.object({
  ...{ runId: z.string(), linkId: z.string(), mode: z.enum(['full', 'dry', 'undo']), state: z.string() },
  /** What is approved; null: not planned yet. */
  planHash: z.string().nullable(),
  counts: planCounts.nullable(),
  warnings: z.array(z.string()),
  items: z.array(
    z.object({
      ...{ slotKey: z.string(), remoteId: z.string().nullable(), address: z.string().nullable() },
      operation: z.enum(['create', 'update', 'remove', 'unchanged', 'excluded', 'kept', 'irreversible']),
      reason,
      /** Left out of the run: its profile was decided anew after the plan. */
      parked: z.boolean(),
      /** What is planned to be written at each address, also after it was; empty: nothing, or it was created and is wanted otherwise by now. */
      writes: z.array(
        z.object({
          ...{ address: z.string(), create: z.boolean(), subscribe: z.array(z.string()), unsubscribe: z.array(z.string()) },
          ...{ addTags: z.array(z.string()), removeTags: z.array(z.string()), fields: fieldsSchema, delete: z.boolean() },
        }),
      ),
    }),
  ),
  /** For `after`; null at the end. */
  next: z.string().nullable(),
});
export type PlanView = z.infer<typeof planView>;

/** `GET …/commands/:commandId`: what became of a command; not found while it is not answered. */
export const commandView = z.object({
  ...{ commandId: z.string(), command: z.string(), object: z.string(), issuedBy: z.string(), answeredAt: isoTime },
  /** The run that goes on by it. */
  runId: z.string().nullable(),
  /** How many things it set going, where it counts. */
  count: z.number().int().nullable(),
  /** Why nothing was changed; null: it was obeyed. */
  refusal: z.object({ code: z.enum(['not-found', 'conflict', 'expired']), reason: z.string() }).nullable(),
});
export type CommandView = z.infer<typeof commandView>;

/** `GET …/stop`: whether all writes of the workspace are stopped, by whom and since when. */
export const stopView = z.object({ stopped: z.boolean(), by: z.string().nullable(), since: isoTime.nullable() });
export type StopView = z.infer<typeof stopView>;

const profileView = z.object({
  linkId: z.string(),
  slotKey: z.string(),
  connectionId: z.string(),
  remoteId: z.string(),
  address: z.string().nullable(),
  eligible: z.boolean(),
  reason,
  /** Rules asked, in order, with what each saw. */
  trace: z.array(z.object({ rule: z.string(), held: z.boolean(), saw: z.string() })),
  notices: z.array(z.string()),
  desired: z.object({ places: z.array(z.string()), tags: z.array(z.string()), fields: fieldsSchema }).nullable(),
  outcome: z.string(),
  problem: z.string().nullable(),
  /** The run whose plan has it and waits for approval, with the hash to approve; null: none. */
  waitsFor: z.object({ runId: z.string(), planHash: z.string() }).nullish(),
  decidedAt: isoTime,
  history: z.array(z.object({ at: isoTime, eligible: z.boolean(), reason, runId: z.string().nullable() })),
});

/** `GET /internal/workspaces/:workspaceId/why?address=`: everything about the people with this address, now or formerly. */
export const whyView = z.object({
  address: z.string(),
  contacts: z.array(
    z.object({
      contactId: z.string(),
      addresses: z.array(z.object({ address: z.string(), current: z.boolean() })),
      records: z.array(z.object({ connectionId: z.string(), remoteId: z.string(), presence: z.string(), readAt: isoTime })),
      profiles: z.array(profileView),
      places: z.array(
        z.object({
          connectionId: z.string(),
          remoteId: z.string().nullable(),
          known: z.boolean(),
          tags: z.array(z.object({ tag: z.string(), ours: z.boolean() })),
          places: z.array(
            z.object({
              ...{ place: z.string(), status: z.string(), ours: z.boolean() },
              /** Of a place that is not ours (any more): when a link of ours subscribed the person there; null: never. */
              putByUsAt: isoTime.nullish(),
            }),
          ),
          /** Places where the person stood and is no longer shown: when that was seen, and when they were seen there last. */
          lost: z.array(z.object({ place: z.string(), since: isoTime, lastSeenAt: isoTime.nullable() })).optional(),
        }),
      ),
    }),
  ),
  consent: z.array(consentLine),
});
export type WhyView = z.infer<typeof whyView>;

/** `GET …/journal?address=&contactId=&kind=&campaign=&from=&to=&limit=&before=` (newest first) with counts by kind over the same filter. */
export const journalView = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      contactId: z.string().nullable(),
      kind: z.string(),
      at: isoTime,
      text: z.string(),
      address: z.string().nullable(),
      author: z.string().nullable(),
      campaign: z.object({ id: z.string(), title: z.string() }).nullable(),
      /** `written`: stands in the diary at the source; `waiting`: on its way; `parked`: no contact with a diary has the address yet. */
      state: z.enum(['written', 'waiting', 'parked', 'failed', 'observed']),
      /** Why it could not be written. */
      problem: z.string().nullish(),
    }),
  ),
  countsByKind: z.record(z.string(), z.number().int()),
  /** Cursor for `before`; null at the end. */
  next: z.string().nullable(),
});
export type JournalView = z.infer<typeof journalView>;

/** `GET …/failures?linkId=&connectionId=&kind=&problem=&from=&to=&limit=&after=`: what failed or waits for a retry, with causes; newest first. */
export const failuresView = z.object({
  failures: z.array(
    z.object({
      remotePersonId: z.string(),
      connectionId: z.string(),
      linkId: z.string(),
      address: z.string(),
      /** What failed: `state` of a person, or `activity`, a diary entry. */
      kind: z.enum(['state', 'activity']),
      outcome: z.string(),
      /** Kind of the failure: `item-rejected`, `credentials-rejected` … */
      cause: z.string(),
      problem: z.string(),
      attempts: z.number().int(),
      at: isoTime,
      retryAt: isoTime.nullable(),
    }),
  ),
  /** Causes over the whole filter, the most frequent first; each with the latest that failed by it. */
  countsByProblem: z.array(
    z.object({
      ...{ problem: z.string(), kind: z.string(), connectionId: z.string(), count: z.number().int() },
      example: z.object({ remotePersonId: z.string(), linkId: z.string(), address: z.string() }),
    }),
  ),
  next: z.string().nullable(),
});
export type FailuresView = z.infer<typeof failuresView>;

/** `GET …/links/:linkId/people?list=in-sync|excluded|failing|held&limit=&after=`: the three lists of a link, and who is held: by the brake between runs, or until a run is approved. */
export const peopleView = z.object({
  people: z.array(
    z.object({
      slotKey: z.string(),
      remoteId: z.string(),
      address: z.string().nullable(),
      eligible: z.boolean(),
      reason,
      outcome: z.string(),
      problem: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
});
export type PeopleView = z.infer<typeof peopleView>;

/** `GET …/link-troubles`: what waits for somebody to look, by link. */
export const linkTrouble = z.object({
  linkId: z.string(),
  /** People whose last write failed, or waits for another try; those of a suspended connection are not counted. */
  failing: z.number().int(),
  /** People whom the brake between runs keeps until the next run; null: a run is on its way, or none has ended yet. */
  held: z.number().int().nullable(),
  /** What changed at a provider and pauses mappings of it, or all of it. */
  drift: z.array(linkDrift),
});
export type LinkTrouble = z.infer<typeof linkTrouble>;
