import type { Tx } from '@kontaktor/persistence';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { editedSince } from './edited-since';
import { moveTo } from './move-to';
import type { RunRow } from './run-row';

/** A run that waits for approval: an edit of the link or of a connection supersedes it. */
export async function watchApproval(tx: Tx, parts: RegistryParts, run: RunRow): Promise<boolean> {
  const row = await linkById(tx, run.workspace_id, run.link_id);
  const problem = await editedSince(tx, run, row?.link);
  if (problem === undefined) return false;
  await moveTo(tx, parts, run, 'superseded', { problem });
  return true;
}
