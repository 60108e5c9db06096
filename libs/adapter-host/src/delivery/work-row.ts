import type { Activity, Mark, PushItem } from '@kontaktor/adapter-kit';
import type { ActivityRequested, MarkRequested, StateWriteRequested, WriteRequested } from '@kontaktor/contracts';
import type { GateTicket } from '@kontaktor/domain';

/** One item of work as a batch took it. */
export interface WorkRow {
  readonly target: string;
  readonly version: number;
  readonly body: WriteRequested;
  readonly correlation_id: string;
  readonly urgent: boolean;
  /** Trace context of what asked for it. */
  readonly traceparent: string | null;
  readonly attempts: number;
  /** An earlier call may have had effect unseen. */
  readonly uncertain: boolean;
  /** What earlier attempts' operations answered. */
  readonly stamps: Readonly<Record<string, string>> | null;
  /** Told that it waits for its connection. */
  readonly told_suspended: boolean;
}

export interface StateRow extends WorkRow {
  readonly body: StateWriteRequested;
}

/** The row that carries a request: a newer one for the same target replaces it. */
export function targetOf(request: WriteRequested): string {
  if (request.kind === 'mark') return request.slotKey;
  return request.kind === 'activity' ? request.activity.externalId : request.remotePersonId;
}

/** What the row takes its turn as: an erasure takes that of the person's state, so that no write is on its way beside it. */
export const turnOf = ({ kind }: WriteRequested): 'state' | 'mark' | 'activity' => (kind === 'erase' ? 'state' : kind);

/** What `pull.get` takes for this remote person, and what its records are named. */
export const remoteIdOf = ({ remoteId, address }: StateWriteRequested): string => remoteId ?? address;

export function toPushItem({ remoteId, want, there, address }: StateWriteRequested, ticket: GateTicket | undefined): PushItem {
  return { remoteId, want: { ...want, address }, there, ticket };
}

export const toMark = ({ slotKey, mark, system }: MarkRequested): Mark => ({ slotKey, mark, ...(system === undefined ? {} : { system }) });

export function toActivity({ remoteId, slotKey, activity }: ActivityRequested): Activity {
  const { externalId, kind, at, text } = activity;
  return { remoteId, externalId, kind, at, text, ...(slotKey === undefined ? {} : { slotKey }) };
}
