import { isDeepStrictEqual } from 'node:util';
import type { EventOf, LinkChanged } from '@kontaktor/contracts';
import { nextSlot, scheduleProblem, type Schedule } from '@kontaktor/domain';

/** What the scheduler keeps of a link. */
export interface LinkSchedule {
  readonly workspaceId: string;
  readonly linkId: string;
  /** Of the link. */
  readonly version: number;
  readonly schedule?: Schedule;
  /** Since when the link is enabled with this schedule; absent: it is not. */
  readonly anchor?: Date;
  /** The first slot not yet fired; absent: none will come. */
  readonly nextSlot?: Date;
}

/**
 * A link's schedule after a change. Enabling the link or editing its schedule counts from the moment it was done, also when the event is
 * read late; any other edit moves nothing.
 * @throws when the schedule is not valid
 */
export function scheduleAfter(before: LinkSchedule | undefined, { workspaceId, occurredAt, data }: EventOf<LinkChanged>): LinkSchedule {
  const { linkId, version, enabled, deleted, schedule } = data;
  if (before !== undefined && version <= before.version) return before;
  const link = { workspaceId, linkId, version };
  if (!enabled || deleted || schedule === undefined) return link;
  if (before?.anchor !== undefined && isDeepStrictEqual(before.schedule, schedule)) return { ...before, version };
  const problem = scheduleProblem(schedule);
  if (problem !== undefined) throw new Error(`The schedule of link ${linkId} cannot be kept: ${problem}.`);
  const anchor = new Date(occurredAt);
  return { ...link, schedule, anchor, nextSlot: nextSlot(schedule, anchor, anchor) };
}
