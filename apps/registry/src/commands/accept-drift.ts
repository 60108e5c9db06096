import type { Tx } from '@kontaktor/persistence';
import { linkById } from '../deciding/links';
import { driftRows } from '../drift/drift-rows';
import { lookForDrift } from '../drift/look-for-drift';
import type { RegistryParts } from '../registry-parts';
import { obeyed, refused, type Answer } from './answer';

/**
 * Approves fields as they are now: types and choices that changed. A run writes what waited. What is gone, or can be read only, cannot be
 * accepted: nothing could be written there.
 */
export async function acceptDrift(tx: Tx, parts: RegistryParts, workspaceId: string, linkId: string): Promise<Answer> {
  if ((await linkById(tx, workspaceId, linkId)) === undefined) return refused('not-found', 'there is no such link');
  const open = (await driftRows(tx, workspaceId, linkId)).filter(({ returnedAt }) => returnedAt === null);
  if (open.length === 0) return refused('conflict', 'nothing of this link has drifted');
  const accepted = open.filter(({ change }) => change === 'type' || change === 'options');
  if (accepted.length === 0)
    return refused('conflict', 'what is gone, or can be read only, cannot be accepted: put it back at the provider, or change the link');
  // Approved by the next look, which meets them as they are now.
  await tx.query('DELETE FROM link_schemas WHERE workspace_id = $1 AND link_id = $2', [workspaceId, linkId]);
  await lookForDrift(tx, parts, workspaceId, linkId);
  return obeyed(undefined, accepted.length);
}
