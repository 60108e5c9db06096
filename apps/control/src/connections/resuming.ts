import { Injectable } from '@nestjs/common';
import type { Snapshot } from '../configuration/snapshot';
import { Refusal, type Problem } from '../http/refusal';
import { AdapterClient } from '../providers/adapter-client';

/** Connections whose reads and writes go on now, and those that stay suspended, with the reason. */
export interface Resumed {
  readonly resumed: string[];
  readonly problems: Problem[];
}

/** Lets saved connections go on after a suspension, once their providers accept them again. */
@Injectable()
export class Resuming {
  constructor(private readonly client: AdapterClient) {}

  /** One that cannot be asked is told and does not hide the others. */
  async resume({ workspaceId, connections, adapters }: Snapshot, connectionIds: readonly string[]): Promise<Resumed> {
    const result: Resumed = { resumed: [], problems: [] };
    for (const id of new Set(connectionIds)) {
      const adapter = adapters.get(connections.get(id)?.provider ?? '');
      try {
        if (adapter === undefined) throw new Refusal('unavailable', 'its service does not run here');
        if (await this.client.resume(adapter, workspaceId, id)) result.resumed.push(id);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        result.problems.push({ place: `connections.${id}`, problem: error.message });
      }
    }
    return result;
  }
}
