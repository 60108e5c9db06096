import { createEvent, readRequested, type EventOrigin } from '@kontaktor/contracts';
import type { Outbox } from '@kontaktor/messaging';
import type { Tx } from '@kontaktor/persistence';
import { v7 as uuidv7 } from 'uuid';

interface Person {
  readonly connection_id: string;
  readonly remote_id: string | null;
  readonly address: string;
}

/**
 * Asks for people to be read again of whom a reading came while a write was on its way: it was not taken in, and the adapter, which published
 * it, would not publish the same again.
 */
export async function readAgain(tx: Tx, outbox: Outbox, origin: EventOrigin, people: readonly Person[]): Promise<void> {
  if (people.length === 0) return;
  const ends = await tx.query<{ connection_id: string; provider: string; epoch: number; now: Date }>(
    'SELECT connection_id, provider, epoch, now() AS now FROM connections, registry_state WHERE workspace_id = $1 AND connection_id = ANY($2)',
    [origin.workspaceId, [...new Set(people.map(({ connection_id }) => connection_id))]],
  );
  const events = ends.map(({ connection_id: connectionId, provider, epoch, now }) =>
    createEvent(readRequested, origin, {
      ...{ connectionId, provider, readId: uuidv7(), requestedAt: now.toISOString(), mode: 'resend', registryEpoch: epoch },
      resend: people.filter((person) => person.connection_id === connectionId).map(({ remote_id, address }) => remote_id ?? address),
    }),
  );
  await outbox.append(tx, readRequested, events);
}
