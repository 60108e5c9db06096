import { contactSynced, type ContactSynced, type EventOf } from '@kontaktor/contracts';
import { partitionCount, partitionOf } from '@kontaktor/messaging';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { RunResult, Settled } from './settle-person';

const results: readonly Exclude<RunResult, 'dropped'>[] = ['created', 'updated', 'removed', 'failed', 'removals_failed', 'stopped'];
const counted = ['final', ...results, 'calls'];
const columns = { run_id: 'uuid', partition: 'int', ...Object.fromEntries(counted.map((name) => [name, 'int'])) };

/** Adds outcomes and provider calls to the counts of their runs; last in the transaction, for the rows stay locked until its end. */
export async function countInRuns(tx: Tx, settled: readonly Settled[], events: readonly EventOf<ContactSynced>[]): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const partition = partitionOf(contactSynced.key(first), partitionCount);
  const outcomes = settled.flatMap((one) => one.counted);
  const withCalls = events.flatMap(({ data }) => (data.calls ? (data.runId ?? []) : []));
  const runIds = [...new Set([...outcomes.map(({ runId }) => runId), ...withCalls])].sort();
  const rows = runIds.map((runId) => {
    const mine = outcomes.filter((one) => one.runId === runId);
    const calls = events.reduce((sum, { data }) => sum + (data.runId === runId ? (data.calls ?? 0) : 0), 0);
    const of = Object.fromEntries(results.map((result) => [result, mine.filter((one) => one.result === result).length]));
    return { run_id: runId, partition, final: mine.length, calls, ...of };
  });
  const sums = counted.map((name) => `${name} = run_counts.${name} + excluded.${name}`).join(', ');
  await insertRows(tx, 'run_counts', columns, rows, {
    onConflict: `ON CONFLICT (run_id, partition) DO UPDATE SET ${sums}, told_at = now()`,
  });
}
