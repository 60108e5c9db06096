import type { EventOf, WriteRequested } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { targetOf } from './work-row';

const columns = {
  workspace_id: 'text',
  connection_id: 'text',
  kind: 'text',
  target: 'text',
  version: 'bigint',
  body: 'jsonb',
  correlation_id: 'text',
  urgent: 'boolean',
};

/** Keeps requests as work rows, the newest for each target; a row that is being delivered keeps its claim and is due again afterwards. */
export async function acceptRequests(tx: Tx, events: readonly EventOf<WriteRequested>[]): Promise<void> {
  const rows = new Map<string, object>();
  for (const { workspaceId, correlationId, data } of events) {
    const target = targetOf(data);
    const urgent = data.kind === 'state' && data.priority === 'opt-out';
    rows.set(`${workspaceId} ${data.connectionId} ${data.kind} ${target}`, {
      ...{ workspace_id: workspaceId, connection_id: data.connectionId, kind: data.kind, target, version: data.version, body: data },
      ...{ correlation_id: correlationId, urgent },
    });
  }
  await insertRows(tx, 'work', columns, [...rows.values()], {
    onConflict: `ON CONFLICT (workspace_id, connection_id, kind, target) DO UPDATE SET
      version = excluded.version, body = excluded.body, correlation_id = excluded.correlation_id, urgent = excluded.urgent, attempts = 0, due_at = least(work.due_at, now())
      WHERE work.version < excluded.version`,
  });
}
