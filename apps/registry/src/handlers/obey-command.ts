import type { CommandIssued, EventOf } from '@kontaktor/contracts';
import { IllegalRunMove } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { retryEntries } from '../activities/retry-entries';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { moveTo } from '../runs/move-to';
import { selectRuns, type RunRow } from '../runs/run-row';

/** Does what a person asked for. A command that came too late, or that the state does not allow, changes nothing and says so in the log. */
export async function obeyCommand(tx: Tx, parts: RegistryParts, { workspaceId, data }: EventOf<CommandIssued>): Promise<void> {
  const refused = new Date(data.expiresAt) < new Date() ? 'it expired' : await obey(tx, parts, workspaceId, data);
  parts.logger.info({ workspaceId, command: data.command, object: data.object, by: data.issuedBy, refused }, 'command');
}

function obey(tx: Tx, parts: RegistryParts, workspaceId: string, data: CommandIssued): Promise<string | undefined> {
  return data.command === 'cancel-run'
    ? cancelRun(tx, parts, workspaceId, data.object, data.issuedBy)
    : retryFailures(tx, parts, workspaceId, data);
}

async function cancelRun(tx: Tx, parts: RegistryParts, workspaceId: string, runId: string, by: string): Promise<string | undefined> {
  const [run] = await tx.query<RunRow>(`${selectRuns} WHERE r.run_id::text = $1 AND r.workspace_id = $2 FOR UPDATE OF r`, [
    runId,
    workspaceId,
  ]);
  if (run === undefined) return 'there is no such run';
  try {
    await moveTo(tx, parts, run, 'cancelled', { problem: `cancelled by ${by}; what was written stays` });
    return undefined;
  } catch (error) {
    if (error instanceof IllegalRunMove) return error.message;
    throw error;
  }
}

type Retry = Extract<CommandIssued, { command: 'retry-failures' }>;

/** What failed is due again: all of a link, or some people and diary entries by their ids. */
async function retryFailures(
  tx: Tx,
  parts: RegistryParts,
  workspaceId: string,
  { object, remotePersonIds }: Retry,
): Promise<string | undefined> {
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
  return rows.length + entries === 0 ? 'nothing of this link has failed' : undefined;
}
