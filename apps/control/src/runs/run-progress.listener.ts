import { runProgressed, type EventOf, type RunProgressed } from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { Controller } from '@nestjs/common';
import { keepProgress } from './run-progress';

/** Keeps how far each run is, for those who watch it. */
@Controller()
export class RunProgressListener {
  @BatchHandler(runProgressed)
  async onProgress(events: readonly EventOf<RunProgressed>[], tx: Tx): Promise<void> {
    const latest = new Map(events.map((event) => [`${event.workspaceId}/${event.data.runId}`, event]));
    for (const { workspaceId, data } of latest.values()) await keepProgress(tx, workspaceId, data);
  }
}
