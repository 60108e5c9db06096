import type { Logger } from '@kontaktor/observability';
import { claimLeaseMs } from './call-times';

export interface Claimed {
  /** For the log. */
  readonly what: string;
  /** Makes the claim last another `claimLeaseMs`, if it is still held. */
  renew(): Promise<unknown>;
}

/** Runs `work` and renews its claim meanwhile. Whoever writes checks that it is still ours. */
export async function whileRenewed<T>({ what, renew }: Claimed, logger: Logger, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    renew().catch((error: unknown) => logger.warn({ err: error }, `renewing the claim on ${what}`));
  }, claimLeaseMs / 4);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
