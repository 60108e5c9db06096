import type { LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { RegistryParts } from '../registry-parts';
import { requestReads } from './request-reads';
import type { RunRow } from './run-row';

/** Each is a call at the destination; the others are asked for by the next run. */
const mostAsked = 100;

interface Unheard {
  readonly name: string;
  readonly places: readonly string[];
}

/**
 * What we wrote is read anew by the next complete read, whoever it is. Of whom it tells nothing, the destination no longer shows what we wrote: they
 * were deleted there before any read had shown them, or after the backup that was restored. They are asked for by name, and the run waits for the
 * answer.
 * @param startedAt when the run's complete read of the destination began
 * @returns whether anybody is asked for
 */
export async function askForUnheard(tx: Tx, parts: RegistryParts, run: RunRow, link: LinkVersion, startedAt: Date): Promise<boolean> {
  const { connectionId, provider } = link.destination;
  const unheard = await unheardOf(tx, run, connectionId, startedAt);
  if (unheard.length === 0) return false;
  const resend = unheard.map(({ name }) => name);
  const places = [...new Set(unheard.flatMap((one) => one.places))];
  await requestReads(tx, parts, run, [{ connectionId, provider, mode: 'resend', resend, parts: places }]);
  return true;
}

/**
 * By piece: another piece of the same person may have been told of. Only whom we wrote to since the last complete read, and who was never told of
 * since, is looked at that closely: it costs reading what stands there.
 */
function unheardOf(tx: Tx, { workspace_id, run_id }: RunRow, connectionId: string, startedAt: Date): Promise<Unheard[]> {
  return tx.query<Unheard>(
    `SELECT coalesce(p.remote_id, p.address) AS name, unheard.places FROM remote_persons p CROSS JOIN LATERAL (
       SELECT array_agg(place) AS places FROM json_object_keys(p.there -> 'places') AS place
       WHERE coalesce(p.parts ->> place, p.parts ->> '', '-infinity')::timestamptz <= p.written_at) unheard
     WHERE p.workspace_id = $1 AND p.connection_id = $2 AND p.written_at < $3 AND p.pending = '[]' AND unheard.places IS NOT NULL
       AND (p.read_at IS NULL OR p.read_at <= p.written_at OR p.written_at > coalesce((SELECT max(started_at) FROM reads
         WHERE workspace_id = $1 AND connection_id = $2 AND complete AND NOT resend AND run_id <> $4 AND started_at < $3), '-infinity'))
     ORDER BY p.address LIMIT ${mostAsked}`,
    [workspace_id, connectionId, startedAt, run_id],
  );
}
