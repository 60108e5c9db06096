import { randomUUID } from 'node:crypto';
import type { Tx } from '@kontaktor/persistence';
import { longestCallMs } from '../call-times';
import { connectionColumns, nameOf, type ConnectionRow } from '../connections/connection-row';
import type { Host } from '../host';
import { batchLeaseMs, type Batch } from './batch';
import { lanes, limitsOf, type Lane } from './lanes';
import type { WorkRow } from './work-row';

interface Candidate extends ConnectionRow {
  readonly lane: Lane;
}

/** Takes the next batch of due work, opt-outs first; `undefined`: nothing is due, or all that is due is being delivered. */
export async function claimBatch(host: Host): Promise<Batch | undefined> {
  for (const candidate of await candidates(host)) {
    const batch = await host.database.transaction((tx) => claimFrom(host, tx, candidate));
    if (batch !== undefined) return batch;
  }
  return undefined;
}

/** Lanes with due rows, of connections with room for another batch; opt-outs always have room, and go on while the connection is suspended. */
function candidates({ database, adapter }: Host): Promise<Candidate[]> {
  return database.query<Candidate>(
    `SELECT ${connectionColumns('c')}, lane.name AS lane FROM connections c CROSS JOIN unnest($1::text[]) AS lane(name)
     CROSS JOIN LATERAL (
       SELECT w.urgent, w.due_at FROM work w WHERE w.workspace_id = c.workspace_id AND w.connection_id = c.connection_id AND w.lane = lane.name
         AND w.due_at <= now() AND (c.suspended IS NULL OR w.urgent) ORDER BY w.urgent DESC, w.due_at LIMIT 1) first
     WHERE c.enabled AND (first.urgent OR $2 >
       (SELECT count(*) FROM batches b WHERE b.workspace_id = c.workspace_id AND b.connection_id = c.connection_id AND b.held_until > now()))
     ORDER BY first.urgent DESC, first.due_at LIMIT 20`,
    [lanes, adapter.limits.parallel],
  );
}

async function claimFrom(host: Host, tx: Tx, candidate: Candidate): Promise<Batch | undefined> {
  const { lane, ...connection } = candidate;
  const kind = lane === 'mark' || lane === 'activity' ? lane : 'state';
  const { most, fillMs } = limitsOf(host.adapter, lane);
  const deadline = performance.now() + batchLeaseMs - longestCallMs;
  // One claim a connection and kind at a time: a target is in one batch only.
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`claim ${host.adapter.name} ${nameOf(connection)} ${kind}`]);
  await releaseExpired(host, tx, connection, kind);
  const rows = await dueRows(tx, connection, { lane, kind, most, fillMs });
  // While due rows are with another batch, those that only wait for company go on waiting.
  if (rows.length < most && !rows.some(({ is_due }) => is_due)) return undefined;
  const id = randomUUID();
  await tx.query(
    `INSERT INTO batches (batch_id, workspace_id, connection_id, kind, targets, held_until)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 ms')`,
    [id, connection.workspace_id, connection.connection_id, kind, rows.map(({ target }) => target), batchLeaseMs],
  );
  return { id, connection, lane, kind, rows, deadline };
}

interface Wanted {
  readonly lane: Lane;
  readonly kind: Batch['kind'];
  readonly most: number;
  readonly fillMs: number;
}

interface FoundRow extends WorkRow {
  readonly is_due: boolean;
}

async function dueRows(tx: Tx, { workspace_id, connection_id }: ConnectionRow, { lane, kind, most, fillMs }: Wanted): Promise<FoundRow[]> {
  const rows = await tx.query<FoundRow & { body: string }>(
    `SELECT target, version, body, correlation_id, urgent, traceparent, attempts, uncertain, stamps, told_suspended, due_at <= now() AS is_due FROM work w
     WHERE workspace_id = $1 AND connection_id = $2 AND lane = $3 AND due_at <= now() + $5 * interval '1 ms'
       AND (urgent OR (SELECT suspended IS NULL FROM connections c WHERE c.workspace_id = $1 AND c.connection_id = $2))
       AND target NOT IN (SELECT unnest(targets) FROM batches WHERE workspace_id = $1 AND connection_id = $2 AND kind = $4)
     ORDER BY urgent DESC, due_at LIMIT $6`,
    [workspace_id, connection_id, lane, kind, fillMs, most],
  );
  // Opt-outs go by themselves: they may use the part of the rate budget that is kept for them.
  return rows.filter(({ urgent }) => urgent === rows[0]?.urgent).map((row) => ({ ...row, body: JSON.parse(row.body) }));
}

/**
 * A lease that ran out may have had a call on the wire: its rows wait until the call is surely over and a reading shows what it did, and are
 * read first.
 */
async function releaseExpired(host: Host, tx: Tx, { workspace_id, connection_id }: ConnectionRow, kind: string): Promise<void> {
  const lost = await tx.query<{ targets: string[] }>(
    'DELETE FROM batches WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND held_until <= now() RETURNING targets',
    [workspace_id, connection_id, kind],
  );
  if (lost.length === 0) return;
  await tx.query(
    `UPDATE work SET uncertain = true, due_at = now() + $5 * interval '1 ms'
     WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND target = ANY($4)`,
    [workspace_id, connection_id, kind, lost.flatMap(({ targets }) => targets), longestCallMs + host.adapter.readLagMs],
  );
}
