import { partitionCount } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import type { ErasureScope } from './erasure-scope';

/** Writes of runs that will have no outcome any more: each is counted as stopped, or its run would wait for it. */
export async function endPendingWrites(tx: Tx, { remotes }: ErasureScope): Promise<void> {
  const pending = remotes.flatMap((person) => person.pending.flatMap(({ runId, kind }) => (runId === null ? [] : [{ runId, kind }])));
  for (const { runId, kind } of pending)
    await tx.query(
      `INSERT INTO run_counts AS c (run_id, partition, final, stopped) VALUES ($1, $2, 1, $3)
       ON CONFLICT (run_id, partition) DO UPDATE SET final = c.final + 1, stopped = c.stopped + excluded.stopped, told_at = now()`,
      // A partition of its own: no outcome's counts are waited for.
      [runId, partitionCount, kind === 'remove' ? 0 : 1],
    );
}
