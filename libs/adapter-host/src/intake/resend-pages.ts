import type { PulledPage } from '@kontaktor/adapter-kit';
import type { ProviderContext } from '../connections/connections';
import type { Host } from '../host';
import type { ReadJob } from './read-job';

/** Single records as pages, a page a group, going on after the job's cursor. */
export async function* resendPages(host: Host, context: ProviderContext, job: ReadJob, ids: readonly string[]): AsyncIterable<PulledPage> {
  const rows = await host.database.query<{ target: string }>(
    `SELECT DISTINCT coalesce(s.grp, asked.id) AS target FROM unnest($3::text[]) AS asked(id)
     LEFT JOIN seen s ON s.workspace_id = $1 AND s.connection_id = $2 AND s.remote_id = asked.id ORDER BY 1`,
    [job.workspace_id, job.connection_id, ids],
  );
  for (const { target } of rows) {
    if (job.cursor !== null && target <= job.cursor) continue;
    yield { records: await host.adapter.pull.get(context, target), cursor: target, groups: [target] };
  }
}
