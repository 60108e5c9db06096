import { acquireLease, holdsLease, releaseLease, type Database, type Lease } from '@kontaktor/persistence';
import type { Parcel, Transport } from '../transport';

interface OutboxRow {
  readonly position: number;
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly key: string | null;
  readonly body: string;
}

export interface RelayOptions {
  readonly database: Database;
  readonly transport: Transport;
  /** Unique to this process. */
  readonly holder: string;
  /** Told when a round fails; the relay goes on after a pause. */
  readonly onError: (error: unknown) => void;
  readonly pollMs?: number;
}

const leaseMs = 10_000;
const parcelsPerRound = 256;

/**
 * Carries a service's outbox to the wire: one replica at a time holds the lease, and deletes what it published only while it still does, so
 * that order per key holds. What was published but not deleted is published again: the inbox of the reader knows it.
 */
export class OutboxRelay {
  private wake: () => void = () => undefined;
  private nudged = false;
  private stopped = false;
  private loop: Promise<void> | undefined;

  constructor(private readonly options: RelayOptions) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Something was committed. */
  readonly nudge = (): void => {
    this.nudged = true;
    this.wake();
  };

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { database, holder, onError } = this.options;
    let lease: Lease | undefined;
    while (!this.stopped) {
      this.nudged = false;
      try {
        lease = await acquireLease(database, 'outbox relay', holder, leaseMs);
        const published = lease === undefined ? 0 : await this.round(lease);
        if (published === 0) await this.pause(this.options.pollMs ?? 500);
      } catch (error) {
        onError(error);
        await this.pause(1000);
      }
    }
    if (lease !== undefined) await releaseLease(database, lease).catch(onError);
  }

  private async round(lease: Lease): Promise<number> {
    const { database, transport } = this.options;
    const rows = await database.query<OutboxRow>(
      'SELECT position, id, topic, partition, key, body FROM outbox ORDER BY position LIMIT $1',
      [parcelsPerRound],
    );
    if (rows.length === 0) return 0;
    await transport.publish(rows.map(toParcel));
    await database.transaction(async (tx) => {
      if (await holdsLease(tx, lease))
        await tx.query('DELETE FROM outbox WHERE position = ANY($1)', [rows.map(({ position }) => position)]);
    });
    return rows.length;
  }

  private pause(ms: number): Promise<void> {
    if (this.nudged || this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function toParcel({ id, topic, partition, key, body }: OutboxRow): Parcel {
  return { id, topic, partition, body, ...(key === null ? {} : { key }) };
}
