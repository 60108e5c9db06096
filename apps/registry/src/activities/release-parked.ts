import type { EventOrigin } from '@kontaktor/contracts';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { linksOf } from '../deciding/links';
import type { ActivityRow } from './activity-rows';
import { findDiaries } from './find-diaries';
import { requestDiaryEntries } from './request-diary-entries';

interface Scope {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly remoteIds: readonly string[];
}

/** Deliveries that came before their contact was known go to its diary now. */
export async function releaseParked(tx: Tx, outbox: Outbox, origin: EventOrigin, scope: Scope): Promise<void> {
  if (scope.remoteIds.length === 0) return;
  const parked = await tx.query<ActivityRow>(
    `SELECT a.* FROM activities a WHERE a.workspace_id = $1 AND a.state = 'parked' AND a.address IN
       (SELECT unnest(c.addresses || c.former) FROM records r JOIN contacts c USING (contact_id)
        WHERE r.workspace_id = $1 AND r.connection_id = $2 AND r.remote_id = ANY($3))
     ORDER BY a.activity_id FOR UPDATE`,
    [scope.workspaceId, scope.connectionId, scope.remoteIds],
  );
  if (parked.length === 0) return;
  const links = (await linksOf(tx, scope.workspaceId, 'source_id', scope.connectionId)).map(({ link }) => link);
  const addresses = [...new Set(parked.flatMap(({ address }) => address ?? []))];
  const diaries = await findDiaries(tx, scope.workspaceId, links, addresses);
  const entries = parked.flatMap((row) => {
    const diary = diaries.get(row.address ?? '');
    return diary === undefined || diary.link.destination.connectionId !== row.connection_id ? [] : [{ row, diary }];
  });
  for (const { row, diary } of entries) {
    await tx.query(
      `UPDATE activities SET state = 'waiting', connection_id = $3, contact_id = $4, remote_id = $5, slot_key = $6
       WHERE workspace_id = $1 AND activity_id = $2`,
      [scope.workspaceId, row.activity_id, diary.link.source.connectionId, diary.contactId, diary.remoteId, diary.slotKey],
    );
  }
  await requestDiaryEntries(tx, outbox, origin, entries);
}
