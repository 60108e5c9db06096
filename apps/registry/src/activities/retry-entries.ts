import type { EventOrigin } from '@kontaktor/contracts';
import type { LinkVersion } from '@kontaktor/domain';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import type { ActivityRow } from './activity-rows';
import { requestDiaryEntries } from './request-diary-entries';

/** Asks again for diary entries of a link's source that were refused, by their ids. Answers how many. */
export async function retryEntries(
  tx: Tx,
  outbox: Outbox,
  origin: EventOrigin,
  link: LinkVersion,
  ids: readonly string[],
): Promise<number> {
  const rows = await tx.query<ActivityRow>(
    `UPDATE activities SET state = 'waiting', problem = NULL, problem_kind = NULL WHERE workspace_id = $1 AND connection_id = $2 AND state = 'failed'
       AND activity_id = ANY($3) RETURNING *`,
    [link.workspaceId, link.source.connectionId, ids],
  );
  const entries = rows.map((row) => ({
    row,
    diary: {
      address: row.address ?? '',
      link,
      contactId: row.contact_id ?? '',
      remoteId: row.remote_id ?? '',
      slotKey: row.slot_key ?? '',
    },
  }));
  await requestDiaryEntries(tx, outbox, origin, entries);
  return rows.length;
}
