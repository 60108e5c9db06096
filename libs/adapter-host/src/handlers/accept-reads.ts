import type { EventOf, ReadRequested } from '@kontaktor/contracts';
import { activeTraceparent } from '@kontaktor/observability';
import { insertRows, type Tx } from '@kontaktor/persistence';

const columns = {
  ...{ workspace_id: 'text', read_id: 'text', connection_id: 'text', correlation_id: 'text' },
  ...{ registry_epoch: 'int', resend: 'text[]', parts: 'text[]', traceparent: 'text' },
};

/** Keeps read jobs; the same request twice is one read. What is to be sent again forgets its hash. */
export async function acceptReads(tx: Tx, events: readonly EventOf<ReadRequested>[]): Promise<void> {
  const traceparent = activeTraceparent() ?? null;
  const rows = events.map(({ workspaceId, correlationId, data }) => ({
    ...{ workspace_id: workspaceId, read_id: data.readId, connection_id: data.connectionId, correlation_id: correlationId, traceparent },
    ...{ registry_epoch: data.registryEpoch, resend: data.mode === 'resend' ? (data.resend ?? []) : null, parts: data.parts ?? null },
  }));
  const kept = await insertRows<object, { read_id: string }>(tx, 'read_jobs', columns, rows, {
    onConflict: 'ON CONFLICT DO NOTHING',
    returning: 'read_id',
  });
  await waitForCreations(
    tx,
    kept.map(({ read_id }) => read_id),
  );
  const fresh = new Set(kept.map(({ read_id }) => read_id));
  for (const { workspaceId, data } of events) {
    if (!fresh.has(data.readId) || data.mode !== 'resend') continue;
    await tx.query(`UPDATE seen SET hash = '' WHERE workspace_id = $1 AND connection_id = $2 AND (remote_id = ANY($3) OR grp = ANY($3))`, [
      ...[workspaceId, data.connectionId, data.resend ?? []],
    ]);
  }
}

/** A full read begins when it surely shows whom we created last; it waits once, so that steady writing never holds it off. */
async function waitForCreations(tx: Tx, readIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE read_jobs j SET due_at = c.settled_at FROM connections c WHERE j.read_id = ANY($1) AND j.resend IS NULL
       AND c.workspace_id = j.workspace_id AND c.connection_id = j.connection_id AND c.settled_at > now()`,
    [readIds],
  );
}
