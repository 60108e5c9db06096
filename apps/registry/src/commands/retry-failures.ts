import type { CommandIssued } from '@kontaktor/contracts';
import type { LinkVersion } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { retryEntries } from '../activities/retry-entries';
import { linkById } from '../deciding/links';
import type { RegistryParts } from '../registry-parts';
import { keysAt } from '../releasing/memberships-at';
import { failingRows, filterParams, type FailingRow } from '../views/failing-rows';
import { obeyed, refused, type Answer } from './answer';

type Retry = Extract<CommandIssued, { command: 'retry-failures' }>;

/**
 * What failed in a link is due again: all of it, some people and diary entries by their ids, or what a filter finds. Whoever waits for a
 * suspended connection goes on with it, and is not asked for again. The answer counts what was really set going.
 */
export async function retryFailures(tx: Tx, parts: RegistryParts, workspaceId: string, retry: Retry): Promise<Answer> {
  const row = await linkById(tx, workspaceId, retry.object);
  if (row === undefined) return refused('not-found', 'there is no such link');
  const found = await failuresMeant(tx, workspaceId, retry);
  if (found.length === 0) return refused('conflict', nothingFailed(retry));
  const people = found.filter(({ thing, outcome }) => thing === 'state' && outcome !== 'suspended');
  const entries = found.filter(({ thing }) => thing === 'activity').map(({ item_id }) => item_id);
  const [waiting] = found.filter(({ outcome }) => outcome === 'suspended');
  if (people.length + entries.length === 0 && waiting !== undefined) return refused('conflict', isSuspended(waiting));
  await makeDue(tx, row.link, people);
  if (entries.length > 0) await retryEntries(tx, parts.outbox, { workspaceId }, row.link, entries);
  tx.afterCommit(parts.nudgeDue);
  return obeyed(undefined, people.length + entries.length);
}

function failuresMeant(tx: Tx, workspaceId: string, { object, remotePersonIds, filter }: Retry): Promise<FailingRow[]> {
  const meant = { linkId: object, ids: remotePersonIds, ...filter };
  return tx.query<FailingRow>(`SELECT * FROM ${failingRows} failing`, filterParams(workspaceId, meant));
}

async function makeDue(tx: Tx, { workspaceId, linkId }: LinkVersion, people: readonly FailingRow[]): Promise<void> {
  await tx.query(
    `UPDATE memberships SET due_at = now(), recheck = true WHERE workspace_id = $1 AND (link_id, slot_key) IN ${keysAt('$2', '$3')}`,
    [workspaceId, [linkId], people.map(({ address }) => address)],
  );
}

const nothingFailed = ({ remotePersonIds, filter }: Retry): string =>
  remotePersonIds === undefined && Object.keys(filter ?? {}).length === 0
    ? 'nothing of this link has failed'
    : 'nothing of this link has failed that is meant; it may have gone through meanwhile, look at the failures again';

const isSuspended = ({ connection_id, problem }: FailingRow): string =>
  `what is meant waits for the connection ${connection_id}, which was suspended (${problem}); mend that and check the connection: it goes on by itself`;
