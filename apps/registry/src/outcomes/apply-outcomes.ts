import { causedBy, type ContactSynced, type EventOf } from '@kontaktor/contracts';
import type { Tx } from '@kontaktor/persistence';
import { holdErasures } from '@kontaktor/privacy';
import { keepErasureOutcomes } from '../privacy/keep-erasure-outcomes';
import type { RegistryParts } from '../registry-parts';
import { applyStateOutcomes } from './apply-state-outcomes';

type Synced = EventOf<ContactSynced>;

/** What adapters did of what was asked: states, marks and diary entries. */
export async function applyOutcomes(tx: Tx, parts: RegistryParts, events: readonly Synced[]): Promise<void> {
  // Nobody is erased meanwhile: what belongs to a person who was is no longer found, and not made anew.
  await holdErasures(tx);
  await keepErasureOutcomes(
    tx,
    events.filter(({ data }) => data.kind === 'erase'),
  );
  const states = events.filter(({ data }) => data.kind === 'state');
  const [first] = states;
  if (first !== undefined) await applyStateOutcomes(tx, parts, states, causedBy(first));
  await keepActivityOutcomes(
    tx,
    events.filter(({ data }) => data.kind === 'activity'),
  );
  await keepMarkOutcomes(
    tx,
    events.filter(({ data }) => data.kind === 'mark'),
  );
  tx.afterCommit(parts.nudgeRuns);
  tx.afterCommit(parts.nudgeDue);
  tx.afterCommit(parts.nudgeNews);
}

async function keepActivityOutcomes(tx: Tx, told: readonly Synced[]): Promise<void> {
  // An update applies one of several rows for one activity, whichever it likes: only the last that was told goes in.
  const events = [...new Map(told.map((event) => [`${event.workspaceId} ${event.data.remotePersonId}`, event])).values()];
  if (events.length === 0) return;
  await tx.query(
    `UPDATE activities a SET state = told.state, problem = told.problem, problem_kind = told.kind
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       AS told(workspace_id, activity_id, state, problem, kind)
     WHERE a.workspace_id = told.workspace_id AND a.activity_id = told.activity_id AND a.state IN ('waiting', 'failed')`,
    [
      events.map(({ workspaceId }) => workspaceId),
      events.map(({ data }) => data.remotePersonId),
      events.map(({ data }) => (isDone(data) ? 'written' : data.failure?.retryAt === undefined ? 'failed' : 'waiting')),
      events.map(({ data }) => data.failure?.message ?? null),
      events.map(({ data }) => data.failure?.kind ?? null),
    ],
  );
}

const isDone = ({ outcome }: ContactSynced): boolean => outcome === 'done' || outcome === 'unchanged';

/** A mark that could not be put is put with the next change. */
async function keepMarkOutcomes(tx: Tx, events: readonly Synced[]): Promise<void> {
  const failed = events.filter(({ data }) => data.outcome === 'failed' && data.failure?.retryAt === undefined);
  if (failed.length === 0) return;
  await tx.query(
    `UPDATE memberships m SET marked = false FROM unnest($1::text[], $2::text[], $3::text[]) AS told(workspace_id, connection_id, slot_key)
     WHERE m.workspace_id = told.workspace_id AND m.connection_id = told.connection_id AND m.slot_key = told.slot_key`,
    [
      failed.map(({ workspaceId }) => workspaceId),
      failed.map(({ data }) => data.connectionId),
      failed.map(({ data }) => data.remotePersonId),
    ],
  );
}
