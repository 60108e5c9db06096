import { acquireLease, releaseLease, type Database, type Lease } from '@kontaktor/persistence';
import type { Logger } from '@kontaktor/observability';
import { claimLeaseMs } from './call-times';
import { whileRenewed } from './while-renewed';

/** Runs `work` and renews the lease meanwhile; gives it back afterwards. Whoever writes checks by `holdsLease` that it is still ours. */
export async function underLease<T>(database: Database, lease: Lease, logger: Logger, work: () => Promise<T>): Promise<T> {
  const renew = (): Promise<unknown> => acquireLease(database, lease.name, lease.holder, claimLeaseMs);
  try {
    return await whileRenewed({ what: lease.name, renew }, logger, work);
  } finally {
    await releaseLease(database, lease);
  }
}
