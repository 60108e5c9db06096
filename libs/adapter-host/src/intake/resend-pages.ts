import type { PulledPage, PulledRecord } from '@kontaktor/adapter-kit';
import type { ProviderContext } from '../connections/connections';
import type { Host } from '../host';
import { keyOf } from './compare-with-seen';
import { goneRecord } from './forget-gone';
import type { ReadJob } from './read-job';

/** Single records as pages, a page a group, going on after the job's cursor; what is asked for and not shown, is gone. */
export async function* resendPages(host: Host, context: ProviderContext, job: ReadJob, ids: readonly string[]): AsyncIterable<PulledPage> {
  const rows = await host.database.query<{ target: string; ids: readonly string[] }>(
    `SELECT target, array_agg(id ORDER BY id) AS ids FROM (SELECT DISTINCT coalesce(s.grp, asked.id) AS target, asked.id FROM unnest($3::text[]) AS asked(id)
       LEFT JOIN seen s ON s.workspace_id = $1 AND s.connection_id = $2 AND s.remote_id = asked.id) AS named GROUP BY target ORDER BY target`,
    [job.workspace_id, job.connection_id, ids],
  );
  for (const { target, ids: named } of rows) {
    if (job.cursor !== null && target <= job.cursor) continue;
    const records = await host.adapter.pull.get(context, target);
    yield { records: [...records, ...goneOf(named, job.parts ?? [], records)], cursor: target, groups: [target] };
  }
}

function goneOf(ids: readonly string[], parts: readonly string[], shown: readonly PulledRecord[]): PulledRecord[] {
  const isShown = new Set(shown.map(({ remoteId, part }) => keyOf(remoteId, part)));
  const pieces = ids.flatMap((remote_id) => parts.map((part) => ({ remote_id, part, grp: null })));
  return pieces.filter(({ remote_id, part }) => !isShown.has(keyOf(remote_id, part))).map(goneRecord);
}
