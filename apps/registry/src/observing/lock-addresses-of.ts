import { normaliseAddress, type ObservedRecord } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { addressesOf } from '../deciding/working-set';
import { newContactId } from '../identity/contacts';
import { lockAddresses, type Holders } from '../identity/lock-addresses';
import type { ScopedObservations } from './observation';

interface Wanted {
  readonly addresses: string[];
  /** Who holds an address that is new, when its first observation makes somebody new. */
  readonly promises: Map<string, string>;
}

/**
 * Locks the addresses of all observations of a chunk, as they are and as they were, in one sorted order for all its connections: two chunks
 * that meet at several people of a source and a destination would else wait for each other in a circle. Answers holders by workspace.
 */
export async function lockAddressesOf(tx: Tx, scopes: readonly ScopedObservations[]): Promise<Map<string, Holders>> {
  const wanted = new Map<string, Wanted>();
  for (const scope of scopes) {
    const ofWorkspace: Wanted = wanted.get(scope.workspaceId) ?? { addresses: [], promises: new Map() };
    wanted.set(scope.workspaceId, ofWorkspace);
    addShown(scope, ofWorkspace);
    ofWorkspace.addresses.push(...(await knownOf(tx, scope)));
  }
  const held = new Map<string, Holders>();
  for (const [workspaceId, { addresses, promises }] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)))
    held.set(workspaceId, await lockAddresses(tx, workspaceId, addresses, promises));
  return held;
}

function addShown({ observations }: ScopedObservations, { addresses, promises }: Wanted): void {
  for (const { data } of observations) {
    const id = normaliseAddress(data.remoteId);
    const shown = [...(id.ok ? [id.address] : []), ...(data.record === undefined ? [] : addressesOf(data.record))];
    addresses.push(...shown);
    if (data.record === undefined) continue;
    const contactId = newContactId();
    for (const address of shown) if (!promises.has(address)) promises.set(address, contactId);
  }
}

async function knownOf(tx: Tx, { workspaceId, connectionId, observations }: ScopedObservations): Promise<string[]> {
  const rows = await tx.query<{ body: ObservedRecord }>(
    'SELECT body FROM records WHERE workspace_id = $1 AND connection_id = $2 AND remote_id = ANY($3)',
    [workspaceId, connectionId, [...new Set(observations.map(({ data }) => data.remoteId))]],
  );
  return rows.flatMap(({ body }) => addressesOf(body));
}
