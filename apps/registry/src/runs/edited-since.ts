import type { LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RunRow } from './run-row';

type Pinned = Pick<RunRow, 'workspace_id' | 'link_version' | 'source_version' | 'destination_version'>;

/** Why a plan no longer stands: its link, or one of the connections, was changed since the run was pinned to their versions. */
export async function editedSince(tx: Tx, run: Pinned, link: LinkVersion | undefined): Promise<string | undefined> {
  if (link === undefined) return 'the link was deleted meanwhile';
  if (link.version !== run.link_version) return 'the link was changed meanwhile';
  const [changed] = await tx.query<{ connection_id: string }>(
    `SELECT connection_id FROM connections WHERE workspace_id = $1
       AND (connection_id = $2 AND version <> $3 OR connection_id = $4 AND version <> $5) ORDER BY 1`,
    [run.workspace_id, link.source.connectionId, run.source_version, link.destination.connectionId, run.destination_version],
  );
  return changed === undefined ? undefined : `the connection ${changed.connection_id} was changed meanwhile`;
}
