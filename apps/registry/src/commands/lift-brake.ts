import type { CommandIssued } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { wakeHeld } from '../releasing/held-removals';
import { obeyed, refused, type Answer } from './answer';

type Lift = Extract<CommandIssued, { command: 'lift-brake' }>;

/** Lets a number of removals between runs pass the link's brake until a time; what it held is due again. */
export async function liftBrake(tx: Tx, parts: RegistryParts, workspaceId: string, lift: Lift): Promise<Answer> {
  const { object: linkId, removals, until, issuedBy } = lift;
  const row = await linkById(tx, workspaceId, linkId);
  if (row === undefined) return refused('not-found', 'there is no such link');
  if (new Date(until) < new Date()) return refused('expired', `the time until which it would be lifted, ${until}, is over`);
  if (!row.letsOut) return refused('conflict', 'nothing travels between runs here now; the plan of the next run has its own brake');
  await tx.query(
    `INSERT INTO brake_lifts (workspace_id, link_id, removals, until, lifted_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id, link_id) DO UPDATE SET removals = excluded.removals, until = excluded.until, lifted_by = excluded.lifted_by`,
    [workspaceId, linkId, removals, until, issuedBy],
  );
  await wakeHeld(tx, workspaceId, linkId);
  tx.afterCommit(parts.nudgeDue);
  return obeyed();
}
