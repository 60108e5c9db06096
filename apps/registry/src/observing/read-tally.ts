import { contactObserved } from '@kontaktor/contracts';
import { partitionCount, partitionOf } from '@kontaktor/messaging';
import { insertRows, type Tx } from '@kontaktor/persistence';
import type { Observation, Tally } from './observation';

/** Counts what became of each observation, by the read that published it. */
export class ReadTally {
  private readonly tallies = new Map<string, Tally & { readonly partition: number }>();

  count(event: Observation, what: keyof Tally): void {
    const readId = event.data.readId;
    if (readId === undefined) return;
    const partition = partitionOf(contactObserved.key(event), partitionCount);
    const key = `${readId} ${partition}`;
    const tally = this.tallies.get(key) ?? { applied: 0, superseded: 0, stale: 0, suppressed: 0, partition };
    tally[what] += 1;
    this.tallies.set(key, tally);
  }

  /** Adds the counts to their rows; to be called last in the transaction, for the rows stay locked until its end. */
  async keep(tx: Tx): Promise<void> {
    const rows = [...this.tallies].map(([key, tally]) => ({ ...tally, read_id: key.split(' ')[0] }));
    const columns = { read_id: 'uuid', partition: 'int', applied: 'int', superseded: 'int', stale: 'int', suppressed: 'int' };
    await insertRows(tx, 'read_counts', columns, rows, {
      onConflict: `ON CONFLICT (read_id, partition) DO UPDATE SET applied = read_counts.applied + excluded.applied,
        superseded = read_counts.superseded + excluded.superseded, stale = read_counts.stale + excluded.stale,
        suppressed = read_counts.suppressed + excluded.suppressed`,
    });
  }
}
