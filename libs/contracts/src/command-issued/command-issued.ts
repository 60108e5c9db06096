import { z } from 'zod';
import { defineTopic } from '../define-topic';
import { isoTime } from '../fields-schema';

const base = { commandId: z.string(), issuedBy: z.string(), expiresAt: isoTime };

/** Which failures are meant: by connection, kind, the provider's words, or when they failed. */
const failureFilter = z.object({
  ...{ connectionId: z.string().optional(), kind: z.string().optional(), problem: z.string().optional() },
  ...{ from: isoTime.optional(), to: isoTime.optional() },
});

const commandIssuedData = z.discriminatedUnion('command', [
  z.object({ ...base, command: z.literal('cancel-run'), object: z.string() }),
  /** Lets a run that waits go on, or starts one from a dry run: with exactly this plan. */
  z.object({ ...base, command: z.literal('approve'), object: z.string(), planHash: z.string() }),
  /** Makes the plan of a run that undoes the run `object`; it is approved like any other. */
  z.object({ ...base, command: z.literal('undo'), object: z.string() }),
  /** So many more removals between runs may pass the link's brake. */
  z.object({ ...base, command: z.literal('lift-brake'), object: z.string(), removals: z.number().int().positive(), until: isoTime }),
  /** `object` is the workspace: every write of it halts, or goes on. */
  z.object({ ...base, command: z.literal('stop-writes'), object: z.string() }),
  z.object({ ...base, command: z.literal('continue-writes'), object: z.string() }),
  /** `object` is the keyed hash of the address; `person` (an `erasureQuestion` as JSON) is sealed. The command's id is the erasure's. */
  z.object({ ...base, command: z.literal('erase'), object: z.string(), person: z.string(), confirmation: z.string() }),
  /** Lets an erased person in again; `person` holds the address, sealed. */
  z.object({ ...base, command: z.literal('lift-suppression'), object: z.string(), person: z.string() }),
  /** `object` is the link: fields that changed their type or choice are approved as they are now. */
  z.object({ ...base, command: z.literal('accept-drift'), object: z.string() }),
  /** `object` is the link: all that failed in it, some by ids, or what a filter finds. */
  z.object({
    ...{ ...base, command: z.literal('retry-failures'), object: z.string(), remotePersonIds: z.array(z.string()).optional() },
    filter: failureFilter.optional(),
  }),
]);
export type CommandIssued = z.infer<typeof commandIssuedData>;

/** `object` is the id of what the command is about: a run, a link. */
export const commandIssued = defineTopic({
  name: 'command.issued',
  data: commandIssuedData,
  key: (data) => data.object,
  example: { command: 'cancel-run', commandId: 'c-1', object: 'run-1', issuedBy: 'jana', expiresAt: '2026-03-02T09:15:00.000Z' },
});
