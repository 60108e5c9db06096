import type { Tx } from '@kontaktor/persistence';

export interface DueRow {
  readonly workspace_id: string;
  readonly link_id: string;
  readonly slot_key: string;
  readonly urgent: boolean;
  /** Lets somebody go: wants nothing any more, or another address. */
  readonly lets_go: boolean;
  readonly addresses: readonly string[];
  /** What it was decided in, where that was traced. */
  readonly traceparent: string | null;
}

/** Of a workspace that a person has stopped, only opt-outs are due. */
const goesOn = '(m.urgent OR NOT EXISTS (SELECT 1 FROM workspace_stops s WHERE s.workspace_id = m.workspace_id))';

/** What is due of the link that waits longest, opt-outs first. Empty while another replica is at it. */
export async function claimDue(tx: Tx, limit: number): Promise<DueRow[]> {
  const [lock] = await tx.query<{ ours: boolean }>(`SELECT pg_try_advisory_xact_lock(hashtext(current_schema() || ' due')) AS ours`);
  if (lock?.ours !== true) return [];
  return tx.query<DueRow>(
    `WITH next AS (SELECT workspace_id, link_id FROM memberships m WHERE due_at <= now() AND ${goesOn} ORDER BY urgent DESC, due_at LIMIT 1)
     SELECT m.workspace_id, m.link_id, m.slot_key, m.urgent, m.traceparent,
       m.released_address IS NOT NULL AND m.released_address IS DISTINCT FROM m.desired ->> 'address' AS lets_go,
       array_remove(ARRAY[m.released_address, m.desired ->> 'address'] || m.leaving, NULL) AS addresses
     FROM memberships m JOIN next USING (workspace_id, link_id) WHERE m.due_at <= now()
       AND ${goesOn} ORDER BY m.urgent DESC, m.due_at LIMIT $1`,
    [limit],
  );
}

/** Makes memberships that are due wait a moment: a run plans or writes, or they were decided anew just now. */
export const postpone = (tx: Tx, rows: readonly DueRow[]): Promise<void> => setDue(tx, rows, "now() + interval '1 second'");

/** Leaves memberships that are due to the next run. */
export const leaveToNextRun = (tx: Tx, rows: readonly DueRow[]): Promise<void> => setDue(tx, rows, 'NULL');

async function setDue(tx: Tx, rows: readonly DueRow[], when: 'NULL' | "now() + interval '1 second'"): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE memberships m SET due_at = ${when} FROM unnest($1::text[], $2::text[], $3::text[]) AS due(workspace_id, link_id, slot_key)
     WHERE m.workspace_id = due.workspace_id AND m.link_id = due.link_id AND m.slot_key = due.slot_key AND m.due_at <= now()`,
    [rows.map(({ workspace_id }) => workspace_id), rows.map(({ link_id }) => link_id), rows.map(({ slot_key }) => slot_key)],
  );
}

/** What has no address, now or before, has nothing to let out and nothing to look at again. */
export async function settleAddressless(tx: Tx, rows: readonly DueRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE memberships m SET due_at = NULL, recheck = false, urgent = false
     FROM unnest($1::text[], $2::text[], $3::text[]) AS due(workspace_id, link_id, slot_key)
     WHERE m.workspace_id = due.workspace_id AND m.link_id = due.link_id AND m.slot_key = due.slot_key AND m.due_at <= now()
       AND m.released_address IS NULL AND m.leaving = '{}' AND m.desired IS NULL`,
    [rows.map(({ workspace_id }) => workspace_id), rows.map(({ link_id }) => link_id), rows.map(({ slot_key }) => slot_key)],
  );
}
