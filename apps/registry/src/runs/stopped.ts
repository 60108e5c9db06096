import type { Queryable } from '@kontaktor/persistence';

/** Which of these workspaces a person has stopped. */
export async function stoppedWorkspaces(db: Queryable, workspaceIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ workspace_id: string }>('SELECT workspace_id FROM workspace_stops WHERE workspace_id = ANY($1)', [
    [...new Set(workspaceIds)],
  ]);
  return new Set(rows.map(({ workspace_id }) => workspace_id));
}
