import { createEvent, writeRequested, type EventOrigin, type WriteRequested } from '@kontaktor/contracts';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import type { ActivityRow } from './activity-rows';
import { isSlot } from '../deciding/profiles-of-record';
import type { Diary } from './find-diaries';

/** Asks the source's adapter to append activities to its diaries; the activity's id makes an entry unique there. */
export async function requestDiaryEntries(
  tx: Tx,
  outbox: Outbox,
  origin: EventOrigin,
  entries: readonly { readonly row: ActivityRow; readonly diary: Diary }[],
): Promise<void> {
  const events = entries.map(({ row, diary }) => createEvent(writeRequested, origin, toRequest(row, diary)));
  await outbox.append(tx, writeRequested, events);
}

function toRequest(row: ActivityRow, { link, remoteId, slotKey, address }: Diary): WriteRequested {
  const { activity_id, kind, at, text, campaign } = row;
  return {
    ...{
      kind: 'activity',
      connectionId: link.source.connectionId,
      provider: link.source.provider,
      remotePersonId: activity_id,
      version: 1,
    },
    ...{ linkId: link.linkId, remoteId, ...(isSlot(slotKey) ? { slotKey } : {}) },
    activity: {
      externalId: activity_id,
      kind: kind.replace(/^campaign_/, ''),
      at: at.toISOString(),
      text,
      address,
      ...(campaign === null ? {} : { campaign }),
    },
  };
}
