import { holdsLease, type Database } from '@kontaktor/persistence';
import { backOffMs } from '../back-off';
import { Bell } from '../bell';
import type { Parcel, Transport } from '../transport';
import { RelayLease } from './relay-lease';

interface OutboxRow {
  readonly position: number;
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly keys: readonly string[] | null;
  readonly body: string;
  readonly traceparent: string | null;
}

export interface RelayOptions {
  readonly database: Database;
  readonly transport: Transport;
  /** Unique to this process. */
  readonly holder: string;
  /** Told when a round fails; the relay goes on after a pause. */
  readonly onError: (error: unknown) => void;
}

/** What other replicas committed nobody nudges us about. */
const pollMs = 200;
const pollForLeaseMs = 1000;
const parcelsPerRound = 1000;
const bytesPerRound = 8 * 1024 * 1024;

type Round = 'published' | 'empty' | 'not ours';

/**
 * Carries a service's outbox to the wire, in order of position: one replica at a time holds the lease, and deletes what it published only
 * while it still does. What was published but not deleted is published again: the inbox of the reader knows it.
 */
export class OutboxRelay {
  private readonly lease: RelayLease;
  private readonly work = new Bell();
  private readonly stopBell = new Bell();
  private stopped = false;
  private loop: Promise<void> | undefined;

  constructor(private readonly options: RelayOptions) {
    this.lease = new RelayLease(options.database, options.holder);
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Something was committed. */
  readonly nudge = (): void => this.work.ring();

  async stop(): Promise<void> {
    this.stopped = true;
    this.stopBell.ring();
    this.work.ring();
    await this.loop;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopped) {
      this.work.reset();
      try {
        const round = await this.round();
        failures = 0;
        // Events go straight to such a wire: once what was left from before is carried, nothing more can come.
        if (round === 'empty' && this.options.transport.appendIn !== undefined) break;
        if (round === 'empty') await this.work.wait(pollMs);
        if (round === 'not ours') await this.stopBell.wait(pollForLeaseMs);
      } catch (error) {
        failures += 1;
        this.options.onError(error);
        await this.stopBell.wait(backOffMs(failures));
      }
    }
    await this.lease.release().catch(this.options.onError);
  }

  private async round(): Promise<Round> {
    const { database, transport, onError } = this.options;
    const lease = await this.lease.take();
    if (lease === undefined) return 'not ours';
    const rows = await this.nextRows();
    if (rows.length === 0) return 'empty';
    // Published late, after another replica, an older state would come after a newer one; and be what a compacted topic keeps.
    if (!this.lease.isSafe()) return 'published';
    await this.lease.during(() => transport.publish(rows.map(toParcel)), onError);
    await database.transaction(async (tx) => {
      if (await holdsLease(tx, lease))
        await tx.query('DELETE FROM outbox WHERE position = ANY($1)', [rows.map(({ position }) => position)]);
      else this.lease.lose();
    });
    return 'published';
  }

  private nextRows(): Promise<OutboxRow[]> {
    return this.options.database.query<OutboxRow>(
      `SELECT position, id, topic, partition, keys, body, traceparent FROM (
         SELECT *, sum(octet_length(body)) OVER (ORDER BY position) - octet_length(body) AS bytes_before
         FROM (SELECT * FROM outbox ORDER BY position LIMIT $1) AS first_rows
       ) AS counted WHERE bytes_before < $2 ORDER BY position`,
      [parcelsPerRound, bytesPerRound],
    );
  }
}

const toParcel = ({ position: _, ...parcel }: OutboxRow): Parcel => parcel;
