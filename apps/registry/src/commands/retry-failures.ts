import type { CommandIssued } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { retryEntries } from '../activities/retry-entries';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { obeyed, refused, type Answer } from './answer';

type Retry = Extract<CommandIssued, { command: 'retry-failures' }>;

/** What failed is due again: all of a link, or some people and diary entries by their ids. */
export async function retryFailures(tx: Tx, parts: RegistryParts, workspaceId: string, retry: Retry): Promise<Answer> {
  const { object, remotePersonIds } = retry;
  const rows = await tx.query(
    `UPDATE memberships m SET due_at = now(), recheck = true FROM remote_persons p, links l
     WHERE m.workspace_id = $1 AND m.link_id = $2 AND l.workspace_id = m.workspace_id AND l.link_id = m.link_id
       AND p.workspace_id = m.workspace_id AND p.connection_id = l.destination_id AND (p.address IN (m.address, m.released_address) OR p.address = ANY(m.leaving))
       AND p.problem IS NOT NULL AND ($3::text[] IS NULL OR p.remote_person_id::text = ANY($3)) RETURNING 1`,
    [workspaceId, object, remotePersonIds ?? null],
  );
  const row = await linkById(tx, workspaceId, object);
  const entries = row === undefined ? 0 : await retryEntries(tx, parts.outbox, { workspaceId }, row.link, remotePersonIds);
  tx.afterCommit(parts.nudgeDue);
  return rows.length + entries === 0 ? refused('conflict', 'nothing of this link has failed') : obeyed();
}
