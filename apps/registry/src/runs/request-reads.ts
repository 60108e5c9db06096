import { createEvent, readRequested, type ReadRequested } from '@kontaktor/contracts';
import { insertRows, type Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { RegistryParts } from '../registry-parts';
import type { RunRow } from './run-row';

/** What is to be read for a run: a whole account, or people by name. */
export type WantedRead = Pick<ReadRequested, 'connectionId' | 'provider' | 'mode' | 'resend' | 'parts'>;

const columns = { read_id: 'uuid', run_id: 'uuid', workspace_id: 'text', connection_id: 'text', resend: 'boolean' };

/** Asks for reads that the run waits for. */
export async function requestReads(tx: Tx, parts: RegistryParts, run: RunRow, wanted: readonly WantedRead[]): Promise<void> {
  const [state] = await tx.query<{ epoch: number; now: Date }>('SELECT epoch, now() AS now FROM registry_state');
  const reads = wanted.map((read) => ({ ...read, readId: uuidv7() }));
  const rows = reads.map(({ readId, connectionId, mode }) => ({
    ...{ read_id: readId, run_id: run.run_id, workspace_id: run.workspace_id, connection_id: connectionId, resend: mode === 'resend' },
  }));
  await insertRows(tx, 'reads', columns, rows);
  const origin = { workspaceId: run.workspace_id, correlationId: run.correlation_id };
  const requestedAt = (state?.now ?? new Date()).toISOString();
  const events = reads.map((read) => createEvent(readRequested, origin, { ...read, requestedAt, registryEpoch: state?.epoch ?? 1 }));
  await parts.outbox.append(tx, readRequested, events);
}
