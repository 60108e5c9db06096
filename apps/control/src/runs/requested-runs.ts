import { createEvent, syncRequested } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal';
import { writeAudit } from '../operations/audit';
import { keepProgress, requestedProgress } from './run-progress';

interface AskedRun {
  readonly linkId: string;
  readonly runId: string;
  readonly mode: 'full' | 'dry';
  /** Of the link, as the asker saw it. */
  readonly version: number;
}

/** Asks the registry for runs on behalf of people. */
@Injectable()
export class RequestedRuns {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  async request(tx: Tx, { workspaceId, ...who }: Principal, { linkId, runId, mode, version }: AskedRun): Promise<void> {
    const event = createEvent(syncRequested, { workspaceId }, { linkId, runId, mode, linkVersion: version, requestedBy: who.actor });
    await this.context.messaging.outbox.append(tx, syncRequested, [event]);
    await keepProgress(tx, workspaceId, requestedProgress(linkId, runId, event.occurredAt));
    await writeAudit(tx, { workspaceId, ...who }, mode === 'dry' ? 'start dry run' : 'start run', `link ${linkId}`, { runId });
  }
}
