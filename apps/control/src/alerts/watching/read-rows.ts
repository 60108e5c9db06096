import type { LinkChanged } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import type { Facts, LatestRun, WatchedLink } from './facts';

interface LinkRow {
  readonly link_id: string;
  readonly data: LinkChanged;
  readonly saved_at: Date;
}

interface RunRow {
  readonly link_id: string;
  readonly is_ended: boolean;
  readonly state: string;
  readonly started_at: string;
  readonly problem: string | null;
  readonly eligible: number;
}

/** What control itself keeps of the things that are watched. */
export async function readRows(db: Queryable, workspaceId: string): Promise<Pick<Facts, 'connections' | 'links' | 'channels'>> {
  const connections = await db.query<Facts['connections'][number]>(
    `SELECT connection_id AS "connectionId", name, provider FROM connections WHERE workspace_id = $1 AND enabled ORDER BY 1`,
    [workspaceId],
  );
  const links = await db.query<LinkRow>(
    `SELECT l.link_id, l.data, v.saved_at FROM links l JOIN link_versions v USING (workspace_id, link_id, version)
     WHERE l.workspace_id = $1 AND (l.data ->> 'enabled')::boolean ORDER BY 1`,
    [workspaceId],
  );
  const channels = await db.query<Facts['channels'][number]>(
    `SELECT channel_id AS "channelId", disabled_at AS "disabledAt", disabled_because AS because FROM alert_channels WHERE workspace_id = $1`,
    [workspaceId],
  );
  const runs = await latestRuns(db, workspaceId);
  return { connections, channels, links: links.map((row) => watched(row, runs)) };
}

/** Of each link the latest run that was not dry, and the latest of those that is done or failed. */
function latestRuns(db: Queryable, workspaceId: string): Promise<RunRow[]> {
  return db.query(
    `SELECT DISTINCT ON (link_id, is_ended) link_id, is_ended, progress ->> 'state' AS state, progress ->> 'startedAt' AS started_at,
       progress ->> 'problem' AS problem, (progress -> 'counts' ->> 'eligible')::int AS eligible
     FROM run_progress CROSS JOIN LATERAL (VALUES (false), (progress ->> 'state' IN ('done', 'failed'))) AS seen(is_ended)
     WHERE workspace_id = $1 AND coalesce(progress ->> 'mode', 'full') = 'full'
     ORDER BY link_id, is_ended, progress ->> 'startedAt' DESC`,
    [workspaceId],
  );
}

function watched({ link_id: linkId, data, saved_at: savedAt }: LinkRow, runs: readonly RunRow[]): WatchedLink {
  const [latest, ended] = [false, true].map((isEnded) => runs.find((run) => run.link_id === linkId && run.is_ended === isEnded));
  return {
    ...{ linkId, name: data.name, schedule: data.schedule, savedAt },
    ...(latest === undefined ? {} : { latest: toRun(latest) }),
    ...(ended === undefined ? {} : { ended: toRun(ended) }),
  };
}

const toRun = ({ state, started_at, problem, eligible }: RunRow): LatestRun => ({
  ...{ state, eligible, startedAt: new Date(started_at) },
  ...(problem === null ? {} : { problem }),
});
