import type { LedgerItem } from '../combine/remote-state';
import type { PlaceState } from '../record/observed-record';
import type { ConsentEntry, ConsentKind } from './consent-entry';

interface StatusQuestion {
  readonly address: string;
  readonly purpose: string;
  readonly connectionId: string;
  /** When it was read (ISO 8601), for a status without a time of its own. */
  readonly readAt: string;
}

const kindOfStatus: Partial<Record<PlaceState['status'], ConsentKind>> = {
  unsubscribed: 'opted-out',
  complained: 'complained',
  'hard-bounced': 'bounced',
};

/**
 * What a status found at a destination says about consent. Only a removal that we executed, recognised by the stamp which our own call
 * answered, explains an unsubscribed status; any other is the person's own act. Being subscribed says nothing by itself.
 */
export function consentFromStatus(
  before: PlaceState | undefined,
  now: PlaceState,
  place: LedgerItem | undefined,
  question: StatusQuestion,
): readonly ConsentEntry[] {
  const kind = kindOfStatus[now.status];
  if (kind === undefined || (before?.status === now.status && before.stamp === now.stamp)) return [];
  const removedByUs = kind === 'opted-out' && isOurRemoval(now, place);
  return [
    {
      address: question.address,
      purpose: kind === 'opted-out' ? question.purpose : '*',
      kind: removedByUs ? 'removed-by-us' : kind,
      from: now.since?.from ?? question.readAt,
      to: now.since?.to ?? question.readAt,
      where: question.connectionId,
      how: 'status of the list',
      evidence: `${now.status}${now.stamp === undefined ? '' : ` since ${now.stamp}`}`,
    },
  ];
}

function isOurRemoval(now: PlaceState, place: LedgerItem | undefined): boolean {
  return place?.ours === true && place.stamp !== undefined && place.stamp === now.stamp;
}
