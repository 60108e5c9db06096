import { longestCallMs } from '../call-times';
import type { ConnectionRow } from '../connections/connection-row';
import type { Lane } from './lanes';
import type { WorkRow } from './work-row';

/** Work of one connection and lane that this process took, and nobody else may touch until its lease ends. */
export interface Batch {
  readonly id: string;
  readonly connection: ConnectionRow;
  readonly lane: Lane;
  readonly kind: 'state' | 'mark' | 'activity';
  readonly rows: readonly WorkRow[];
  /** `performance.now()` after which no call may begin: one that began before still ends within the lease. */
  readonly deadline: number;
}

/** Not renewed: whoever lost it may have had a call on the wire, which must surely be over when others take the rows. */
export const batchLeaseMs = 3 * longestCallMs;
