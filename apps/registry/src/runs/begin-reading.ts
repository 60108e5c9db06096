import { createEvent, readRequested } from '@kontaktor/contracts';
import type { LinkVersion } from '@kontaktor/domain';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { moveTo } from './move-to';
import type { RunRow } from './run-row';

const patienceMs = 60_000;

/** Pins the link's version and asks both ends to be read, or the destination alone. Waits for a version, or a connection, that has not come yet. */
export async function beginReading(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  const row = await linkById(tx, run.workspace_id, run.link_id);
  const versions = row === undefined ? new Map<string, number>() : await versionsOfEnds(tx, row.link);
  const problem = row === undefined || row.link.version < run.link_version ? 'the link is not known' : problemOf(row.link, run, versions);
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
    ...[run.run_id, version, versions.get(source.connectionId) ?? 0, versions.get(destination.connectionId) ?? 0],
  ]);
  await askForReads(tx, parts, run, row.link);
  await moveTo(tx, parts, run, 'reading');
  return true;
}

/** Versions of the connections of a link that are switched on, by id. */
async function versionsOfEnds(tx: Tx, { workspaceId, source, destination }: LinkVersion): Promise<ReadonlyMap<string, number>> {
  const known = await tx.query<{ connection_id: string; version: number }>(
    'SELECT connection_id, version FROM connections WHERE workspace_id = $1 AND connection_id = ANY($2) AND enabled AND NOT deleted',
    [workspaceId, [source.connectionId, destination.connectionId]],
  );
  return new Map(known.map(({ connection_id, version }) => [connection_id, version]));
}

/** The last run of a link, and an undo, take back what we put there: they need nothing of the source, which may be gone. */
const endsToRead = ({ source, destination, retiring }: LinkVersion, { mode }: RunRow) =>
  retiring === true || mode === 'undo' ? [destination] : [source, destination];

function problemOf(link: LinkVersion, run: RunRow, versions: ReadonlyMap<string, number>): string | undefined {
  if (!link.enabled) return 'the link is switched off';
  const missing = endsToRead(link, run).find(({ connectionId }) => !versions.has(connectionId))?.connectionId;
  return missing === undefined ? undefined : `the connection ${missing} is switched off, or not known`;
}

async function askForReads(tx: Tx, parts: RegistryParts, run: RunRow, link: LinkVersion): Promise<void> {
  const [state] = await tx.query<{ epoch: number; now: Date }>('SELECT epoch, now() AS now FROM registry_state');
  const reads = endsToRead(link, run).map((end) => ({ ...end, readId: uuidv7() }));
  const rows = reads.map(({ readId, connectionId }) => ({
    ...{ read_id: readId, run_id: run.run_id, workspace_id: run.workspace_id, connection_id: connectionId },
  }));
  await insertRows(tx, 'reads', { read_id: 'uuid', run_id: 'uuid', workspace_id: 'text', connection_id: 'text' }, rows);
  const origin = { workspaceId: run.workspace_id, correlationId: run.correlation_id };
  const requestedAt = (state?.now ?? new Date()).toISOString();
  const events = reads.map(({ readId, connectionId, provider }) =>
    createEvent(readRequested, origin, { connectionId, provider, readId, requestedAt, mode: 'full', registryEpoch: state?.epoch ?? 1 }),
  );
  await parts.outbox.append(tx, readRequested, events);
}
