import { contactSynced, createEvent, type ContactSynced } from '@kontaktor/contracts';
import { defaultRetryPolicy, outcomeOf } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import type { Host } from '../host';
import type { Delivered } from './deliver-states';
import type { WorkRow } from './work-row';

/** Keeps what became of claimed rows, and tells it, in one transaction. A claim that was lost meanwhile records nothing. */
export async function recordOutcomes(host: Host, claim: string, delivered: readonly Delivered[]): Promise<void> {
  await host.database.transaction(async (tx) => {
    const [clock] = await tx.query<{ at: Date }>(`SELECT now() + $1 * interval '1 ms' AS at`, [host.adapter.readLagMs]);
    const at = clock?.at ?? new Date();
    const held = await stillHeld(
      tx,
      claim,
      delivered.map(({ row }) => row),
    );
    const mine = delivered.filter(({ row }) => held.has(keyOf(row)));
    const final = mine.filter((one) => !(one.result === 'failed' && isRetried(one)));
    await keepRetries(
      tx,
      mine.filter((one) => !final.includes(one)),
    );
    await suspend(tx, final);
    await dropRows(
      tx,
      final.filter((one) => meaning(one) !== 'suspended'),
    );
    await expectNewReadings(
      tx,
      final.filter(({ result, row }) => row.kind === 'state' && result !== 'stopped' && result !== 'superseded').map(({ row }) => row),
      at,
    );
    const events = final.map((one) =>
      createEvent(contactSynced, { workspaceId: one.row.workspace_id, correlationId: one.row.correlation_id }, toSynced(one, at)),
    );
    await host.outbox.append(tx, contactSynced, events);
  });
}

const keyOf = (row: WorkRow): string => `${row.kind} ${row.target} ${row.version}`;

async function stillHeld(tx: Tx, claim: string, rows: readonly WorkRow[]): Promise<ReadonlySet<string>> {
  const [first] = rows;
  if (first === undefined) return new Set();
  const held = await tx.query<WorkRow>(
    'SELECT kind, target FROM work WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND target = ANY($4) AND claimed_by = $5 ORDER BY target FOR UPDATE',
    [first.workspace_id, first.connection_id, first.kind, rows.map(({ target }) => target), claim],
  );
  const targets = new Set(held.map(({ target }) => target));
  return new Set(rows.filter(({ target }) => targets.has(target)).map(keyOf));
}

type Failed = Extract<Delivered, { result: 'failed' }>;
const fateOf = ({ row, error }: Failed) => outcomeOf(error.toFailure(), row.attempts + 1, defaultRetryPolicy);

function isRetried(failed: Failed): boolean {
  const { kind } = fateOf(failed);
  return kind === 'retry' || (kind === 'verify' && failed.row.attempts < defaultRetryPolicy.delaysSeconds.length);
}

async function keepRetries(tx: Tx, retried: readonly Delivered[]): Promise<void> {
  for (const one of retried) {
    if (one.result !== 'failed') continue;
    const fate = fateOf(one);
    // An uncertain effect is looked for by the operation itself, which reads before it writes.
    const [waitMs, counts] = fate.kind === 'retry' ? [fate.afterMs, fate.countsAsAttempt] : [5000, true];
    await tx.query(
      `UPDATE work SET claimed_by = NULL, attempts = attempts + $5, due_at = now() + $6 * interval '1 ms' WHERE workspace_id = $1 AND connection_id = $2 AND kind = $3 AND target = $4`,
      [one.row.workspace_id, one.row.connection_id, one.row.kind, one.row.target, counts ? 1 : 0, waitMs],
    );
  }
}

function meaning(one: Delivered): ContactSynced['outcome'] {
  if (one.result !== 'failed') return one.result;
  const { kind } = fateOf(one);
  return kind === 'suspend' ? 'suspended' : kind === 'verify' ? 'uncertain' : 'failed';
}

async function suspend(tx: Tx, final: readonly Delivered[]): Promise<void> {
  const cause = final.find((one): one is Failed => one.result === 'failed' && meaning(one) === 'suspended');
  if (cause === undefined) return;
  await tx.query('UPDATE connections SET suspended = $3 WHERE workspace_id = $1 AND connection_id = $2', [
    cause.row.workspace_id,
    cause.row.connection_id,
    cause.error.message,
  ]);
}

/** A row with a newer wish than the one delivered stays, and is due at once. */
async function dropRows(tx: Tx, final: readonly Delivered[]): Promise<void> {
  const [first] = final;
  if (first === undefined) return;
  const { workspace_id, connection_id, kind } = first.row;
  const scope = [workspace_id, connection_id, kind, final.map(({ row }) => row.target), final.map(({ row }) => row.version)];
  const matching = 'work.workspace_id = $1 AND work.connection_id = $2 AND work.kind = $3 AND work.target = done.target';
  const source = 'unnest($4::text[], $5::bigint[]) AS done(target, version)';
  await tx.query(`DELETE FROM work USING ${source} WHERE ${matching} AND work.version = done.version`, scope);
  await tx.query(`UPDATE work SET claimed_by = NULL, due_at = now() FROM ${source} WHERE ${matching}`, scope);
}

/** Our own write is no news, but what the next reading shows of these people is published whatever it is. */
async function expectNewReadings(tx: Tx, rows: readonly WorkRow[], at: Date): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const ids = rows.flatMap(({ body }) => (body.kind === 'state' && !body.want.create ? [body.remoteId ?? body.address] : []));
  if (ids.length === 0) return;
  await tx.query(`UPDATE seen SET hash = '', not_before = $4 WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3)`, [
    first.workspace_id,
    first.connection_id,
    ids,
    at,
  ]);
}

function toSynced(one: Delivered, at: Date): ContactSynced {
  const { body, version, attempts } = one.row;
  const problem =
    one.result === 'failed'
      ? { kind: one.error.kind, message: one.error.message }
      : 'reason' in one
        ? { kind: one.result, message: one.reason }
        : undefined;
  return {
    ...{
      connectionId: body.connectionId,
      remotePersonId: body.kind === 'state' ? body.remotePersonId : one.row.target,
      kind: body.kind,
      version,
      outcome: meaning(one),
      at: at.toISOString(),
    },
    ...(body.runId === undefined ? {} : { runId: body.runId }),
    ...(body.linkId === undefined ? {} : { linkId: body.linkId }),
    ...(body.kind === 'state' ? { remoteId: body.remoteId ?? body.address } : {}),
    ...('stamps' in one ? { stamps: { ...one.stamps } } : {}),
    ...(problem === undefined ? {} : { failure: { ...problem, attempts: attempts + 1 } }),
  };
}
