import type { LinkChanged } from '@kontaktor/contracts';
import type { LinkVersion } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';

export interface LinkRow {
  readonly link: LinkVersion;
  /** A run of this version has finished, and none is about to plan: changes are let out as they come. */
  readonly releasesNow: boolean;
  /** A run is writing: what is due waits for its end. */
  readonly held: boolean;
}

interface Row {
  readonly workspace_id: string;
  readonly link_id: string;
  readonly version: number;
  /** JSON of the announced link. */
  readonly body: string;
  readonly ready_version: number;
  /** State of the live run, if there is one. */
  readonly run_state: string | null;
}

/** Same object for the same text, so that what is compiled from a link is compiled once. */
const versions = new Map<string, LinkVersion>();
const mostKept = 500;

function frozenVersion({ workspace_id, body }: Row): LinkVersion {
  const key = `${workspace_id} ${body}`;
  const found = versions.get(key);
  if (found !== undefined) return found;
  if (versions.size >= mostKept) versions.clear();
  const announced: LinkChanged = JSON.parse(body);
  const link: LinkVersion = { ...announced, workspaceId: workspace_id };
  versions.set(key, link);
  return link;
}

const selected = `SELECT l.workspace_id, l.link_id, l.version, l.body::text AS body, l.ready_version, r.state AS run_state FROM links l
  LEFT JOIN runs r ON r.workspace_id = l.workspace_id AND r.link_id = l.link_id
    AND r.state IN ('requested', 'reading', 'planning', 'awaiting-approval', 'removing', 'upserting')`;

function toLinkRow(row: Row): LinkRow {
  const held = row.run_state === 'removing' || row.run_state === 'upserting';
  const releasesNow = row.ready_version === row.version && (row.run_state === null || held);
  return { link: frozenVersion(row), held, releasesNow };
}

/** Links of a workspace that have the connection as source or as destination, in the order of their ids: the first one owns a shared field. */
export async function linksOf(
  db: Queryable,
  workspaceId: string,
  end: 'source_id' | 'destination_id',
  connectionId: string,
): Promise<LinkRow[]> {
  const rows = await db.query<Row>(`${selected} WHERE l.workspace_id = $1 AND l.${end} = $2 AND NOT l.deleted ORDER BY l.link_id`, [
    workspaceId,
    connectionId,
  ]);
  return rows.map(toLinkRow);
}

export async function linkById(db: Queryable, workspaceId: string, linkId: string): Promise<LinkRow | undefined> {
  const [row] = await db.query<Row>(`${selected} WHERE l.workspace_id = $1 AND l.link_id = $2 AND NOT l.deleted`, [workspaceId, linkId]);
  return row === undefined ? undefined : toLinkRow(row);
}
