import type { AdapterDefinition } from '@kontaktor/adapter-kit';
import type { EventOf, WriteRequested } from '@kontaktor/contracts';
import { activeTraceparent } from '@kontaktor/observability';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { laneOf, limitsOf, type Lane } from './lanes';
import { keepErasedOut } from '../privacy/keep-erased-out';
import type { Host } from '../host';
import { targetOf, turnOf } from './work-row';

const columns = {
  ...{ workspace_id: 'text', connection_id: 'text', kind: 'text', target: 'text', version: 'bigint' },
  ...{ lane: 'text', body: 'text', correlation_id: 'text', urgent: 'boolean', due_at: 'timestamptz', traceparent: 'text' },
};

/**
 * Keeps requests as work rows, the newest for each target. A row that is being delivered is delivered again afterwards, as it is then. The
 * connection may come later than its work.
 */
export async function acceptRequests(host: Host, tx: Tx, asked: readonly EventOf<WriteRequested>[]): Promise<void> {
  const { adapter } = host;
  const events = await ofNobodyErased(host, tx, asked);
  const [clock] = await tx.query<{ at: Date }>('SELECT now() AS at');
  const newest = new Map<string, EventOf<WriteRequested>>();
  for (const event of events) {
    const key = JSON.stringify([event.workspaceId, event.data.connectionId, turnOf(event.data), targetOf(event.data)]);
    const known = newest.get(key);
    if (known === undefined || known.data.version < event.data.version) newest.set(key, event);
  }
  const rows = [...newest.values()].map((event) => toRow(adapter, event, clock?.at ?? new Date()));
  await insertRows(tx, 'work', columns, rows, {
    onConflict: `ON CONFLICT (workspace_id, connection_id, kind, target) DO UPDATE SET
      version = excluded.version, lane = excluded.lane, body = excluded.body, correlation_id = excluded.correlation_id,
      urgent = excluded.urgent, traceparent = excluded.traceparent, attempts = 0, told_suspended = false,
      due_at = CASE WHEN work.uncertain AND NOT excluded.urgent THEN greatest(work.due_at, excluded.due_at) ELSE excluded.due_at END
      WHERE work.version < excluded.version`,
  });
}

/** What was asked for before its person was erased, and comes after: it would bring them back. */
async function ofNobodyErased(host: Host, tx: Tx, events: readonly EventOf<WriteRequested>[]): Promise<EventOf<WriteRequested>[]> {
  const kept: EventOf<WriteRequested>[] = [];
  for (const workspaceId of new Set(events.map((event) => event.workspaceId))) {
    const some = events.filter((event) => event.workspaceId === workspaceId);
    kept.push(
      ...(await keepErasedOut(host, tx, workspaceId, some, ({ data }) => ({
        connectionId: data.connectionId,
        addresses: addressesOf(data),
      }))),
    );
  }
  return kept;
}

function addressesOf(data: WriteRequested): readonly string[] {
  if (data.kind === 'state') return [data.address];
  return data.kind === 'activity' ? [data.activity.address] : [];
}

function toRow(adapter: AdapterDefinition, { workspaceId, correlationId, data }: EventOf<WriteRequested>, now: Date): object {
  const lane = laneOf(adapter, data);
  const urgent = data.kind === 'erase' || (data.kind === 'state' && data.priority === 'opt-out');
  return {
    ...{ workspace_id: workspaceId, connection_id: data.connectionId, kind: turnOf(data), target: targetOf(data), version: data.version },
    ...{ lane, body: JSON.stringify(data), correlation_id: correlationId, urgent, traceparent: activeTraceparent() ?? null },
    due_at: new Date(now.getTime() + (urgent ? 0 : fillOf(adapter, lane, data))),
  };
}

/** Work between runs is not kept waiting for company, except marks, which nobody waits for. */
function fillOf(adapter: AdapterDefinition, lane: Lane, { kind, runId }: WriteRequested): number {
  return runId === undefined && kind === 'state' ? 0 : limitsOf(adapter, lane).fillMs;
}
