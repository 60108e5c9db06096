import type { Tx } from '@kontaktor/persistence';
import { decideEverywhere, type RecordOfContact } from '../deciding/decide-everywhere';
import { lockAddresses } from '../identity/lock-addresses';
import type { ErasureScope } from './erasure-scope';

/** Who shared an address with an erased person may take over what that person had there: they are decided anew. */
export async function decideSharers(tx: Tx, { workspaceId, shared }: ErasureScope): Promise<void> {
  if (shared.size === 0) return;
  const holders = await lockAddresses(tx, workspaceId, shared.keys());
  const rows = await tx.query<RecordOfContact>(
    `SELECT DISTINCT r.connection_id, r.remote_id FROM addresses a JOIN records r ON r.contact_id = ANY(a.contact_ids)
     WHERE a.workspace_id = $1 AND a.address = ANY($2)`,
    [workspaceId, [...shared.keys()]],
  );
  await decideEverywhere(tx, rows, { workspaceId, isPlanned: () => false, held: new Set(holders.keys()) });
}
