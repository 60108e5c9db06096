import { acquireLease, releaseLease, type Database, type Lease } from '@kontaktor/persistence';

const leaseMs = 10_000;

/** The right of one replica to carry an outbox, asked of the database only now and then: a commit a round would cost more than the round. */
export class RelayLease {
  private lease: Lease | undefined;
  private takenAt = 0;

  constructor(
    private readonly database: Database,
    private readonly holder: string,
  ) {}

  /** Ours, renewed when a third of its time is gone; undefined while another replica holds it. */
  async take(): Promise<Lease | undefined> {
    return this.lease !== undefined && this.ageMs() < leaseMs / 3 ? this.lease : this.renew();
  }

  /** So young that nobody else can have taken it, whatever this process slept through. */
  isSafe(): boolean {
    return this.lease !== undefined && this.ageMs() < leaseMs / 2;
  }

  /** Keeps the lease for as long as `work` takes. */
  async during(work: () => Promise<void>, onError: (error: unknown) => void): Promise<void> {
    const timer = setInterval(() => void this.renew().catch(onError), leaseMs / 3);
    try {
      await work();
    } finally {
      clearInterval(timer);
    }
  }

  /** It proved to be somebody else's: to be asked for anew. */
  lose(): void {
    this.lease = undefined;
  }

  async release(): Promise<void> {
    if (this.lease !== undefined) await releaseLease(this.database, this.lease);
    this.lease = undefined;
  }

  private async renew(): Promise<Lease | undefined> {
    const askedAt = performance.now();
    this.lease = await acquireLease(this.database, 'outbox relay', this.holder, leaseMs);
    this.takenAt = askedAt;
    return this.lease;
  }

  private ageMs(): number {
    return performance.now() - this.takenAt;
  }
}
