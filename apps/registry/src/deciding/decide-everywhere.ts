import type { Tx } from '@kontaktor/persistence';
import { decideRecords } from './decide-records';
import { linksOf } from './links';

interface Question {
  readonly workspaceId: string;
  /** Whether what changed is let out by the plan of a run of the link alone. */
  readonly isPlanned: (linkId: string) => boolean;
  /** Addresses whose rows the caller has locked. */
  readonly held: ReadonlySet<string>;
}

export interface RecordOfContact {
  readonly connection_id: string;
  readonly remote_id: string;
}

/** Decides records of several connections: consent counts for a person in every link, whatever its ends. */
export async function decideEverywhere(tx: Tx, records: readonly RecordOfContact[], { workspaceId, ...question }: Question): Promise<void> {
  for (const connectionId of new Set(records.map(({ connection_id }) => connection_id))) {
    const remoteIds = records.filter(({ connection_id }) => connection_id === connectionId).map(({ remote_id }) => remote_id);
    const links = await linksOf(tx, workspaceId, 'source_id', connectionId);
    await decideRecords(tx, { workspaceId, connectionId, remoteIds, links, ...question });
  }
}
