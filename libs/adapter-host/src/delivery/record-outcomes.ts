import { contactSynced, createEvent, type ContactSynced, type EventOf } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { ClaimLost } from '../claim-lost';
import { suspendConnection } from '../connections/suspension';
import type { Host } from '../host';
import type { Batch } from './batch';
import type { Delivered } from './delivered';
import { expectNewReadings } from './expect-new-readings';
import { fateOf, type Fate } from './fate';
import { dropRows, keepRetries, keepSuspended } from './settle-rows';
import { toSynced } from './to-synced';

interface Settled {
  readonly one: Delivered;
  readonly fate: Fate;
}

/**
 * Keeps what became of a batch and tells it, in one transaction.
 * @param calls provider calls of the batch, told on one of its items
 * @throws ClaimLost when the batch's lease ended and another worker may have its rows: then nothing is kept
 */
export async function recordOutcomes(host: Host, batch: Batch, delivered: readonly Delivered[], calls: number): Promise<void> {
  const settled = delivered.map((one): Settled => ({ one, fate: fateOf(one, host.adapter.readLagMs) }));
  await host.database.transaction(async (tx) => {
    const [clock] = await tx.query<{ now: Date }>('DELETE FROM batches WHERE batch_id = $1 RETURNING clock_timestamp() AS now', [batch.id]);
    if (clock === undefined) throw new ClaimLost(`a batch of work of ${batch.connection.connection_id}`);
    const at = new Date(clock.now.getTime() + host.adapter.readLagMs);
    await settle(tx, batch, settled);
    const written = settled.filter(({ one, fate }) => one.result === 'done' || (fate.kind === 'final' && fate.outcome === 'uncertain'));
    await expectNewReadings(
      tx,
      batch,
      written.map(({ one }) => one.row),
      at,
    );
    const times = { at: at.toISOString(), now: clock.now };
    const events = settled.flatMap((item) => told(batch, item, times));
    await host.outbox.append(tx, contactSynced, withCalls(events, calls));
    tx.afterCommit(() => count(host, settled));
  });
}

async function settle(tx: Tx, batch: Batch, settled: readonly Settled[]): Promise<void> {
  const final = settled.filter(({ fate }) => fate.kind === 'final');
  const suspended = settled.filter(({ fate }) => fate.kind === 'suspend');
  await dropRows(
    tx,
    batch,
    final.map(({ one }) => one.row),
  );
  await keepRetries(
    tx,
    batch,
    settled.flatMap(({ one, fate }) => (fate.kind === 'retry' ? [{ one, fate }] : [])),
  );
  const cause = suspended.flatMap(({ fate }) => (fate.kind === 'suspend' ? [fate.cause] : []))[0];
  if (cause === undefined) return;
  await suspendConnection(tx, batch.connection, cause);
  await keepSuspended(
    tx,
    batch,
    suspended.map(({ one }) => one.row),
  );
}

function told(batch: Batch, { one, fate }: Settled, { at, now }: { readonly at: string; readonly now: Date }): EventOf<ContactSynced>[] {
  const origin = { workspaceId: batch.connection.workspace_id, correlationId: one.row.correlation_id };
  if (fate.kind === 'retry' && !fate.told) return [];
  if (fate.kind === 'suspend' && one.row.told_suspended) return [];
  const outcome = fate.kind === 'final' ? fate.outcome : fate.kind === 'suspend' ? 'suspended' : 'failed';
  const retryAt = fate.kind === 'retry' ? new Date(now.getTime() + fate.afterMs) : undefined;
  return [createEvent(contactSynced, origin, toSynced(one, outcome, retryAt === undefined ? { at } : { at, retryAt }))];
}

function withCalls(events: readonly EventOf<ContactSynced>[], calls: number): readonly EventOf<ContactSynced>[] {
  const [first, ...rest] = events;
  return first === undefined || calls === 0 ? events : [{ ...first, data: { ...first.data, calls } }, ...rest];
}

function count(host: Host, settled: readonly Settled[]): void {
  const totals = new Map<string, { readonly labels: { kind: string; outcome: string }; items: number }>();
  for (const { one, fate } of settled) {
    const labels = { kind: one.row.body.kind, outcome: fate.kind === 'final' ? fate.outcome : fate.kind };
    const key = `${labels.kind} ${labels.outcome}`;
    const total = totals.get(key) ?? { labels, items: 0 };
    total.items += 1;
    totals.set(key, total);
  }
  for (const { labels, items } of totals.values()) host.metrics.outcomes.inc(labels, items);
}
