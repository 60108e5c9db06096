import { acquireLease, releaseLease, type Database, type Lease } from '@kontaktor/persistence';
import type { Logger } from '@kontaktor/observability';
import { claimLeaseMs } from './call-times';

/** Runs `work` and renews the lease meanwhile; gives it back afterwards. Whoever writes checks by `holdsLease` that it is still ours. */
export async function underLease<T>(database: Database, lease: Lease, logger: Logger, work: () => Promise<T>): Promise<T> {
  const renew = async (): Promise<void> => {
    await acquireLease(database, lease.name, lease.holder, claimLeaseMs);
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => logger.warn({ err: error }, `renewing the lease ${lease.name}`));
  }, claimLeaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await releaseLease(database, lease);
  }
}
