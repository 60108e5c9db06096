import { runProgressed, type EventOf, type RunProgressed } from '@kontaktor/contracts';
import { BatchHandler } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { Controller } from '@nestjs/common';
import { Commit } from '../configuration/commit';
import { keepProgress } from './run-progress';

/** Keeps how far each run is, for those who watch it; the last run of a link deletes it when nothing is left to take out. */
@Controller()
export class RunProgressListener {
  constructor(private readonly commit: Commit) {}

  @BatchHandler(runProgressed)
  async onProgress(events: readonly EventOf<RunProgressed>[], tx: Tx): Promise<void> {
    const latest = new Map(events.map((event) => [`${event.workspaceId}/${event.data.runId}`, event]));
    for (const { workspaceId, data } of latest.values()) {
      await keepProgress(tx, workspaceId, data);
      const { linkId, linkVersion, mode, state, problem } = data;
      if (state === 'done' && mode === 'full' && problem === undefined && linkVersion !== undefined)
        await this.commit.deleteRetired(tx, workspaceId, linkId, linkVersion);
    }
  }
}
