import type { ContactSynced, EventOf } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import type { RunResult, Settled } from './settle-person';

const results: readonly Exclude<RunResult, 'dropped'>[] = ['created', 'updated', 'removed', 'failed', 'removals_failed', 'stopped'];

/** Adds outcomes and provider calls to their runs; last in the transaction, for the run's row stays locked until its end. */
export async function countInRuns(tx: Tx, settled: readonly Settled[], events: readonly EventOf<ContactSynced>[]): Promise<void> {
  const counted = settled.flatMap((one) => one.counted);
  const runIds = new Set([...counted.map(({ runId }) => runId), ...events.flatMap(({ data }) => (data.calls ? (data.runId ?? []) : []))]);
  for (const runId of [...runIds].sort()) {
    const mine = counted.filter((one) => one.runId === runId);
    const of = (result: RunResult): number => mine.filter((one) => one.result === result).length;
    const calls = events.reduce((sum, { data }) => sum + (data.runId === runId ? (data.calls ?? 0) : 0), 0);
    await tx.query(
      `UPDATE runs SET phase_final = phase_final + $2, calls = calls + $3, progressed_at = now(),
         ${results.map((result, index) => `${result} = ${result} + $${index + 4}`).join(', ')} WHERE run_id = $1`,
      [runId, mine.length, calls, ...results.map(of)],
    );
  }
}
