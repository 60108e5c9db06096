import { normaliseAddress, type ObservedRecord } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { addressesOf } from '../deciding/working-set';
import { lockAddresses, type Holders } from '../identity/lock-addresses';
import type { ScopedObservations } from './observation';

/**
 * Locks the addresses of all observations of a chunk, as they are and as they were, in one sorted order for all its connections: two chunks
 * that meet at several people of a source and a destination would else wait for each other in a circle. Answers holders by workspace.
 */
export async function lockAddressesOf(tx: Tx, scopes: readonly ScopedObservations[]): Promise<Map<string, Holders>> {
  const wanted = new Map<string, string[]>();
  for (const scope of scopes) {
    const addresses = wanted.get(scope.workspaceId) ?? [];
    wanted.set(scope.workspaceId, addresses);
    addresses.push(...shownIn(scope), ...(await knownOf(tx, scope)));
  }
  const held = new Map<string, Holders>();
  for (const workspaceId of [...wanted.keys()].sort())
    held.set(workspaceId, await lockAddresses(tx, workspaceId, wanted.get(workspaceId) ?? []));
  return held;
}

function shownIn({ observations }: ScopedObservations): string[] {
  return observations.flatMap(({ data }) => {
    const id = normaliseAddress(data.remoteId);
    return [...(id.ok ? [id.address] : []), ...(data.record === undefined ? [] : addressesOf(data.record))];
  });
}

async function knownOf(tx: Tx, { workspaceId, connectionId, observations }: ScopedObservations): Promise<string[]> {
  const rows = await tx.query<{ body: ObservedRecord }>(
    'SELECT body FROM records WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3)',
    [workspaceId, connectionId, [...new Set(observations.map(({ data }) => data.remoteId))]],
  );
  return rows.flatMap(({ body }) => addressesOf(body));
}
