import { classify } from '@kontaktor/adapter-kit';
import { inCallScope, type CallScope } from '../calls/call-scope';
import { ClaimLost } from '../claim-lost';
import type { Connections } from '../connections/connections';
import type { Host } from '../host';
import type { Task } from '../work-loop';
import type { Batch } from './batch';
import { claimBatch } from './claim-batch';
import { deliverEntries } from './deliver-entries';
import { deliverErasures } from './deliver-erasures';
import { deliverStates } from './deliver-states';
import type { Delivered } from './delivered';
import { recordOutcomes } from './record-outcomes';
import { tellSuspended } from './tell-suspended';

const ticketLifeMs = 60_000;

/** Takes due work to the provider, a batch at a time, several side by side. */
export class DeliveryRunner {
  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  readonly claim = async (): Promise<Task | undefined> => {
    const batch = await claimBatch(this.host);
    if (batch !== undefined) return () => this.traced(batch);
    while (await tellSuspended(this.host)) continue;
    return undefined;
  };

  private traced(batch: Batch): Promise<void> {
    const { tracing, adapter } = this.host;
    const causes = batch.rows.map(({ traceparent }) => traceparent);
    const attributes = { 'kontaktor.provider': adapter.name, 'kontaktor.lane': batch.lane, 'kontaktor.items': batch.rows.length };
    return tracing.span({ name: `deliver ${batch.lane}`, causes, attributes }, () => this.deliver(batch));
  }

  private async deliver(batch: Batch): Promise<void> {
    // No call begins when the tickets of the last look, or the time for a whole call within the lease, are over.
    const deadline = Math.min(batch.deadline, performance.now() + ticketLifeMs);
    const scope: CallScope = { urgent: batch.rows.some(({ urgent }) => urgent), deadline, calls: 0 };
    const delivered = await inCallScope(scope, () => this.tryBatch(batch));
    try {
      await recordOutcomes(this.host, batch, delivered, scope.calls);
    } catch (error) {
      if (!(error instanceof ClaimLost)) throw error;
      this.host.logger.error({ err: error }, 'the outcome of a batch is not known; its people are read before anything is tried again');
    }
  }

  private async tryBatch(batch: Batch): Promise<readonly Delivered[]> {
    try {
      const context = this.connections.get(batch.connection);
      if (batch.lane === 'erase') return await deliverErasures(this.host, context, batch);
      return await (batch.kind === 'state' ? deliverStates(this.host, context, batch) : deliverEntries(this.host, context, batch));
    } catch (cause) {
      this.host.logger.warn({ err: cause, connectionId: batch.connection.connection_id }, 'delivery failed');
      return batch.rows.map((row) => ({ row, result: 'failed', error: classify(cause), stamps: row.stamps ?? {} }));
    }
  }
}
