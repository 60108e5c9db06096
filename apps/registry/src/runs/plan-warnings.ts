import { counted, type LinkVersion, type PlanCounts } from '@kontaktor/domain';
import type { Tx } from '@kontaktor/persistence';
import { driftRows, sentenceOf } from '../drift/drift-rows';

/** What whoever approves a plan should know: which mappings are paused, who was not shown, and that there would be more people at the destination than the user's plan there allows. */
export async function planWarnings(tx: Tx, link: LinkVersion, runId: string, { create }: Pick<PlanCounts, 'create'>): Promise<string[]> {
  const paused = (await driftRows(tx, link.workspaceId, link.linkId)).map((drift) => sentenceOf(drift, 'en'));
  return [...paused, ...(await missingWarnings(tx, runId)), ...(await limitWarnings(tx, link, create))];
}

async function missingWarnings(tx: Tx, runId: string): Promise<string[]> {
  const rows = await tx.query<{ connection_id: string; missing: number }>(
    'SELECT connection_id, missing FROM reads WHERE run_id = $1 AND missing > 0 ORDER BY connection_id',
    [runId],
  );
  return rows.map(
    ({ connection_id, missing }) =>
      `${connection_id} did not show ${counted(missing, 'record')} that ${missing === 1 ? 'was' : 'were'} there before: too many to be looked at singly, so they count as there until the next complete read does not show them either`,
  );
}

async function limitWarnings(tx: Tx, link: LinkVersion, create: number): Promise<string[]> {
  const { workspaceId, destination, contactLimit: limit } = link;
  if (limit === undefined || create === 0) return [];
  const [known] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM remote_persons WHERE workspace_id = $1 AND connection_id = $2 AND (there ->> 'known')::boolean`,
    [workspaceId, destination.connectionId],
  );
  const there = known?.count ?? 0;
  if (there + create <= limit) return [];
  return [
    `${destination.connectionId} would have ${counted(there + create, 'person', 'people')} (${there} now, ${create} new): more than the ${limit} of your plan there`,
  ];
}
