import type { StopView } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';

/** Whether a person has stopped all writes of the workspace. */
export async function stopViewOf(db: Queryable, workspaceId: string): Promise<StopView> {
  const [row] = await db.query<{ stopped_by: string; stopped_at: Date }>(
    'SELECT stopped_by, stopped_at FROM workspace_stops WHERE workspace_id = $1',
    [workspaceId],
  );
  return { stopped: row !== undefined, by: row?.stopped_by ?? null, since: row?.stopped_at.toISOString() ?? null };
}
