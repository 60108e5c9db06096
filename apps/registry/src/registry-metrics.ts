import type { ServiceContext } from '@kontaktor/service';

/** What waits for a person: stopped workspaces, and runs whose plan nobody has approved. */
export function addRegistryMetrics({ metrics, database }: Pick<ServiceContext, 'metrics' | 'database'>): void {
  const countOf = async (rows: string): Promise<number> =>
    (await database.query<{ count: number }>(`SELECT count(*) AS count FROM ${rows}`))[0]?.count ?? 0;
  metrics.gauge('kontaktor_workspaces_stopped', 'Workspaces of which a person has stopped all writes', () => countOf('workspace_stops'));
  metrics.gauge('kontaktor_runs_awaiting_approval', 'Runs whose plan waits for approval', () =>
    countOf("runs WHERE state = 'awaiting-approval'"),
  );
}
