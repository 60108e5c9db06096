import type { Activity, Mark, PushItem } from '@kontaktor/adapter-kit';
import type { ActivityRequested, MarkRequested, StateWriteRequested, WriteRequested } from '@kontaktor/contracts';
import type { GateTicket } from '@kontaktor/domain';
import type { ConnectionRow } from '../connections/open-connection';

export interface WorkRow extends ConnectionRow {
  readonly kind: WriteRequested['kind'];
  readonly target: string;
  readonly version: number;
  readonly body: WriteRequested;
  readonly correlation_id: string;
  readonly urgent: boolean;
  readonly attempts: number;
}

/** The row that carries a request: a newer one for the same target replaces it. */
export function targetOf(request: WriteRequested): string {
  if (request.kind === 'mark') return request.slotKey;
  return request.kind === 'activity' ? request.activity.externalId : request.remotePersonId;
}

export function toPushItem({ remoteId, want, there, address }: StateWriteRequested, ticket: GateTicket | undefined): PushItem {
  return { remoteId, want: { ...want, address }, there, ticket };
}

export const toMark = ({ slotKey, mark }: MarkRequested): Mark => ({ slotKey, mark });

export function toActivity({ remoteId, slotKey, activity }: ActivityRequested): Activity {
  const { externalId, kind, at, text } = activity;
  return { remoteId, externalId, kind, at, text, ...(slotKey === undefined ? {} : { slotKey }) };
}
