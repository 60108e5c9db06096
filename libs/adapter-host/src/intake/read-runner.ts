import { randomUUID } from 'node:crypto';
import type { PulledPage } from '@kontaktor/adapter-kit';
import { contactObserved } from '@kontaktor/contracts';
import { acquireLease, holdsLease, type Lease, type Tx } from '@kontaktor/persistence';
import { inCallScope, type CallScope } from '../calls/call-scope';
import { ClaimLost } from '../claim-lost';
import { nameOf } from '../connections/connection-row';
import type { Connections, ProviderContext } from '../connections/connections';
import { liftSuspension } from '../connections/suspension';
import { databaseTime, type Host } from '../host';
import { claimLeaseMs } from '../call-times';
import { underLease } from '../under-lease';
import { tellSchema } from '../schema/tell-schema';
import type { Task } from '../work-loop';
import { bundlePages } from './bundle-pages';
import { failRead } from './fail-read';
import { missedTwice, noteMissing } from './forget-gone';
import { lookAtMissing } from './look-at-missing';
import { publishDifferences } from './publish-differences';
import { readAhead } from './read-ahead';
import { beginRead, connectionsWithReads, endRead, keepPage, readingOf, wholeReadOf, type ReadJob } from './read-job';
import { resendPages } from './resend-pages';
import { toObservation } from './to-observation';

const recordsAtOnce = 1000;

/** Walks the pages of a read, a transaction for those that are there, going on after the last one after a crash; one read a connection. */
export class ReadRunner {
  private stopping = false;

  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  /** The read in hand ends after its page and goes on later. */
  stop(): void {
    this.stopping = true;
  }

  readonly claim = async (): Promise<Task | undefined> => {
    const { database, holder, logger } = this.host;
    for (const place of await connectionsWithReads(database)) {
      const lease = await acquireLease(database, `read ${nameOf(place)}`, `${holder} ${randomUUID()}`, claimLeaseMs);
      if (lease !== undefined) {
        return () =>
          underLease(database, lease, logger, async () => {
            const job = await beginRead(database, place);
            if (job !== undefined) await this.traced(job, lease);
          });
      }
    }
    return undefined;
  };

  private traced(job: ReadJob, lease: Lease): Promise<void> {
    const { tracing, adapter } = this.host;
    const attributes = { 'kontaktor.provider': adapter.name, 'kontaktor.connection': job.connection_id, 'kontaktor.read': job.read_id };
    return tracing.span({ name: 'read', causes: [job.traceparent], attributes }, () => this.run(job, lease));
  }

  private async run(job: ReadJob, lease: Lease): Promise<void> {
    const scope: CallScope = { urgent: false, calls: 0 };
    try {
      await inCallScope(scope, () => this.walk(job, lease, scope));
    } catch (error) {
      if (error instanceof ClaimLost) this.host.logger.warn({ err: error }, 'read');
      else if (!this.stopping) await this.fenced(job, lease, (tx) => failRead(this.host, tx, job, error, scope.calls));
    }
  }

  private async walk(job: ReadJob, lease: Lease, scope: CallScope): Promise<void> {
    if (!job.enabled) return this.fenced(job, lease, async (tx) => void (await endRead(this.host, tx, job, switchedOff)));
    const context = this.connections.get(job);
    // What drifted is paused before anything that is read here is planned.
    if (job.resend === null && job.cursor === null) await tellSchema(this.host, job, context);
    const pages = readAhead(this.pagesOf(job, context), () => databaseTime(this.host));
    for await (const { page, readAt, seen } of bundlePages(pages, recordsAtOnce)) {
      await this.host.outbox.room(contactObserved);
      if (this.stopping) return;
      const calls = takeCalls(scope);
      await this.fenced(job, lease, async (tx) => {
        const { count, shown } = await publishDifferences(this.host, tx, readingOf(job, readAt, page.groups ?? []), page.records);
        await keepPage(tx, job, { cursor: page.cursor, seen, published: count, shown, calls });
      });
    }
    const isMissing = job.resend === null && (await lookAtMissing(this.host, context, job, (work) => this.fenced(job, lease, work)));
    const calls = takeCalls(scope);
    await this.fenced(job, lease, (tx) => this.finish(tx, job, calls, isMissing));
  }

  private pagesOf(job: ReadJob, context: ProviderContext): AsyncIterable<PulledPage> {
    if (job.resend === null) return this.host.adapter.pull.records(context, job.cursor ?? undefined);
    return resendPages(this.host, context, job, job.resend);
  }

  private async finish(tx: Tx, job: ReadJob, calls: number, isMissing: boolean): Promise<void> {
    const { published, missing } = isMissing ? await this.publishMissing(tx, job) : noneMissing;
    const cursor = await endRead(this.host, tx, job, { published, calls, missing });
    await tx.query('UPDATE connections SET registry_epoch = $3 WHERE workspace_id = $1 AND connection_id = $2', [
      ...[job.workspace_id, job.connection_id, job.registry_epoch],
    ]);
    if (job.resend === null && cursor !== null) {
      // Looking for changes goes on where the full read ended.
      await tx.query(
        `UPDATE polls SET cursor = $3, due_at = CASE WHEN claimed_by IS NULL THEN now() ELSE due_at END
         WHERE workspace_id = $1 AND connection_id = $2 AND kind = 'changes'`,
        [job.workspace_id, job.connection_id, cursor],
      );
    }
    await liftSuspension(tx, job);
  }

  private async publishMissing(tx: Tx, job: ReadJob): Promise<typeof noneMissing> {
    const read = wholeReadOf(job, await databaseTime({ database: tx }), this.host.adapter.readLagMs);
    let count = 0;
    for await (const gone of missedTwice(tx, read)) {
      count += gone.length;
      await this.host.outbox.append(
        tx,
        contactObserved,
        gone.map((record) => toObservation(read.reading, record)),
      );
    }
    return { published: count, missing: await noteMissing(tx, read) };
  }

  private async fenced(job: ReadJob, lease: Lease, work: (tx: Tx) => Promise<void>): Promise<void> {
    await this.host.database.transaction(async (tx) => {
      if (!(await holdsLease(tx, lease))) throw new ClaimLost(`read ${job.read_id}`);
      await work(tx);
    });
  }
}

const noneMissing = { published: 0, missing: 0 };
const switchedOff = { published: 0, calls: 0, problem: 'The connection is switched off.' };

/** Calls since the last time; asked for outside of a transaction, which may be repeated. */
function takeCalls(scope: CallScope): number {
  const { calls } = scope;
  scope.calls = 0;
  return calls;
}
