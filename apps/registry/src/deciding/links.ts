import type { LinkChanged } from '@kontaktor/contracts';
import type { LinkVersion } from '@kontaktor/domain';
import type { Queryable } from '@kontaktor/persistence';

export interface LinkRow {
  readonly link: LinkVersion;
  /** A run of this version has finished: there is work between runs. */
  readonly isReady: boolean;
  /** What is due may be let out now; else it waits for the end of the run that plans or writes. */
  readonly isOpen: boolean;
  /** Changes become due as they come: not before the first finished run of this version, and not of a link that works in runs only. */
  readonly letsOut: boolean;
  /** Something that the whole link hangs on changed at a provider: nothing is let out but opt-outs. */
  readonly isPaused: boolean;
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
  /** Fields whose mapping is paused by a drift, in order; null in it: the whole link. */
  readonly paused: readonly (string | null)[];
}

/** Same object for the same text, so that what is compiled from a link is compiled once. */
const versions = new Map<string, LinkVersion>();
const mostKept = 500;

function frozenVersion({ workspace_id, body, paused }: Row): LinkVersion {
  const pausedFields = paused.flatMap((field) => field ?? []);
  const key = `${workspace_id} ${pausedFields.join(' ')} ${body}`;
  const found = versions.get(key);
  if (found !== undefined) return found;
  if (versions.size >= mostKept) versions.clear();
  const announced: LinkChanged = JSON.parse(body);
  const link: LinkVersion = { ...announced, workspaceId: workspace_id, ...(pausedFields.length === 0 ? {} : { pausedFields }) };
  versions.set(key, link);
  return link;
}

const selected = `SELECT l.workspace_id, l.link_id, l.version, l.body::text AS body, l.ready_version, r.state AS run_state,
    ARRAY(SELECT DISTINCT field FROM drifts d LEFT JOIN LATERAL unnest(d.pauses) AS field ON true
      WHERE d.workspace_id = l.workspace_id AND d.link_id = l.link_id AND (d.pauses IS NULL OR field IS NOT NULL) ORDER BY 1) AS paused
  FROM links l
  LEFT JOIN runs r ON r.workspace_id = l.workspace_id AND r.link_id = l.link_id
    AND r.state IN ('requested', 'reading', 'planning', 'awaiting-approval', 'removing', 'upserting')`;

/** States of a run beside which work between runs goes on. */
const writesNothing = ['requested', 'reading', 'awaiting-approval'];

function toLinkRow(row: Row): LinkRow {
  const link = frozenVersion(row);
  const { run_state: state } = row;
  const isReady = row.ready_version === row.version;
  const isPaused = row.paused.includes(null);
  return {
    ...{ link, isReady, isPaused, isOpen: isReady && !isPaused && (state === null || writesNothing.includes(state)) },
    letsOut: isReady && !isPaused && link.mode === 'live',
  };
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
