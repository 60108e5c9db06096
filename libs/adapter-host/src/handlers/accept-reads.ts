import type { EventOf, ReadRequested } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';

const columns = {
  ...{ workspace_id: 'text', read_id: 'text', connection_id: 'text', correlation_id: 'text' },
  ...{ registry_epoch: 'int', resend: 'text[]' },
};

/** Keeps read jobs; the same request twice is one read. What is to be sent again forgets its hash. */
export async function acceptReads(tx: Tx, events: readonly EventOf<ReadRequested>[]): Promise<void> {
  const rows = events.map(({ workspaceId, correlationId, data }) => ({
    ...{ workspace_id: workspaceId, read_id: data.readId, connection_id: data.connectionId, correlation_id: correlationId },
    ...{ registry_epoch: data.registryEpoch, resend: data.mode === 'resend' ? (data.resend ?? []) : null },
  }));
  const kept = await insertRows<object, { read_id: string }>(tx, 'read_jobs', columns, rows, {
    onConflict: 'ON CONFLICT DO NOTHING',
    returning: 'read_id',
  });
  const fresh = new Set(kept.map(({ read_id }) => read_id));
  for (const { workspaceId, data } of events) {
    if (!fresh.has(data.readId) || data.mode !== 'resend') continue;
    await tx.query(`UPDATE seen SET hash = '' WHERE workspace_id = $1 AND connection_id = $2 AND (remote_id = ANY($3) OR grp = ANY($3))`, [
      ...[workspaceId, data.connectionId, data.resend ?? []],
    ]);
  }
}
