import {
  readRequested,
  webhookReceived,
  writeRequested,
  type EventOf,
  type ReadRequested,
  type WebhookReceived,
  type WriteRequested,
} from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { Controller, Inject } from '@nestjs/common';
import { AdapterRuntime } from '../adapter-runtime';
import { acceptRequests } from '../delivery/accept-requests';
import { longestFillMs } from '../delivery/lanes';
import { acceptDeliveries } from '../webhooks/accept-deliveries';
import { acceptReads } from './accept-reads';

/** Work for this provider, kept as rows; loops carry it out. */
@Controller()
export class RequestsController {
  constructor(@Inject(AdapterRuntime) private readonly runtime: AdapterRuntime) {}

  @BatchHandler(readRequested)
  async onReads(events: readonly EventOf<ReadRequested>[], tx: Tx): Promise<void> {
    await acceptReads(tx, this.own(events));
    tx.afterCommit(this.runtime.loops.reads.nudge);
  }

  @BatchHandler(writeRequested)
  async onWrites(events: readonly EventOf<WriteRequested>[], tx: Tx): Promise<void> {
    const own = this.own(events);
    if (own.length === 0) return;
    await acceptRequests(this.runtime.host, tx, own);
    const { nudge } = this.runtime.loops.work;
    tx.afterCommit(nudge);
    // What waits for company is due then; the loop's own look would come up to its idle time later.
    tx.afterCommit(() => void setTimeout(nudge, longestFillMs).unref());
  }

  @BatchHandler(webhookReceived)
  async onWebhooks(events: readonly EventOf<WebhookReceived>[], tx: Tx): Promise<void> {
    await acceptDeliveries(tx, this.own(events));
    tx.afterCommit(this.runtime.loops.deliveries.nudge);
  }

  private own<Data extends { readonly provider: string }>(events: readonly EventOf<Data>[]): readonly EventOf<Data>[] {
    return events.filter(({ data }) => data.provider === this.runtime.host.adapter.name);
  }
}
