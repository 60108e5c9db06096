import type { LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { moveTo } from './move-to';
import { requestReads } from './request-reads';
import type { RunRow } from './run-row';

const patienceMs = 60_000;

/** Pins the link's version and asks both ends to be read, or the destination alone. Waits for a version, or a connection, that has not come yet. */
export async function beginReading(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  const row = await linkById(tx, run.workspace_id, run.link_id);
  const ends = row === undefined ? new Map<string, End>() : await endsOf(tx, row.link);
  const problem = row === undefined || row.link.version < run.link_version ? 'the link is not known' : problemOf(row.link, run, ends);
  if (problem !== undefined || row === undefined) {
    const [clock] = await tx.query<{ waited: number }>('SELECT extract(epoch FROM now() - $1)::float8 * 1000 AS waited', [
      run.requested_at,
    ]);
    if ((clock?.waited ?? 0) < patienceMs && row?.link.enabled !== false) return false;
    await moveTo(tx, parts, run, 'failed', { problem });
    return true;
  }
  const { source, destination, version } = row.link;
  await tx.query('UPDATE runs SET link_version = $2, source_version = $3, destination_version = $4 WHERE run_id = $1', [
    ...[run.run_id, version, ends.get(source.connectionId)?.version ?? 0, ends.get(destination.connectionId)?.version ?? 0],
  ]);
  await requestReads(
    tx,
    parts,
    run,
    endsToRead(row.link, run).map((end) => ({ ...end, mode: 'full' })),
  );
  await moveTo(tx, parts, run, 'reading');
  return true;
}

interface End {
  readonly version: number;
  readonly isOn: boolean;
}

/** The connections of a link, also those that are switched off or deleted: a run that needs nothing of them is pinned to them all the same. */
async function endsOf(tx: Tx, { workspaceId, source, destination }: LinkVersion): Promise<ReadonlyMap<string, End>> {
  const known = await tx.query<End & { readonly connection_id: string }>(
    'SELECT connection_id, version, enabled AND NOT deleted AS "isOn" FROM connections WHERE workspace_id = $1 AND connection_id = ANY($2)',
    [workspaceId, [source.connectionId, destination.connectionId]],
  );
  return new Map(known.map((end) => [end.connection_id, end]));
}

/** The last run of a link, and an undo, take back what we put there: they need nothing of the source, which may be gone. */
const endsToRead = ({ source, destination, retiring }: LinkVersion, { mode }: RunRow) =>
  retiring === true || mode === 'undo' ? [destination] : [source, destination];

function problemOf(link: LinkVersion, run: RunRow, ends: ReadonlyMap<string, End>): string | undefined {
  if (!link.enabled) return 'the link is switched off';
  const missing = endsToRead(link, run).find(({ connectionId }) => ends.get(connectionId)?.isOn !== true)?.connectionId;
  return missing === undefined ? undefined : `the connection ${missing} is switched off, or not known`;
}
