import type { Reason } from '@kontaktor/domain';
import type { Database } from '@kontaktor/persistence';
import { reasonView } from '../../views/reason-view';
import type { ErasureScope } from '../erasure-scope';

export type Pages = AsyncIterable<readonly object[]>;

const rowsPerPage = 500;

/** What is known of the chosen people, by kind; each in pages. */
export function sectionsOf(database: Database, scope: ErasureScope): Readonly<Record<string, Pages>> {
  const { workspaceId, own } = scope;
  const mine = [workspaceId, scope.chosen.map(({ contact_id }) => contact_id)];
  return {
    records: paged(
      database,
      `SELECT connection_id AS "connectionId", remote_id AS "remoteId", presence, read_at AS "readAt", body AS record
      FROM records WHERE workspace_id = $1 AND contact_id = ANY($2) ORDER BY connection_id, remote_id`,
      mine,
    ),
    places: paged(
      database,
      `SELECT connection_id AS "connectionId", remote_id AS "remoteId", address, there AS "standsThere", ledger AS "writtenByUs",
      written_at AS "writtenAt", outcome, problem FROM remote_persons WHERE workspace_id = $1 AND address = ANY($2)
      ORDER BY connection_id, address`,
      [workspaceId, own],
    ),
    changesByRuns: changesByRuns(database, workspaceId, own),
    consent: paged(
      database,
      `SELECT address, purpose, kind, from_at AS "from", to_at AS "to", told_by AS "where", how, evidence, recorded_at AS "recordedAt"
      FROM consent WHERE workspace_id = $1 AND address = ANY($2) ORDER BY from_at, entry_id`,
      [workspaceId, own],
    ),
    profiles: explained(
      paged(
        database,
        `SELECT link_id AS "linkId", slot_key AS "slotKey", connection_id AS "connectionId", remote_id AS "remoteId",
      address, eligible, reason, desired, outcome, decided_at AS "decidedAt" FROM memberships
      WHERE workspace_id = $1 AND contact_id = ANY($2) ORDER BY link_id, slot_key`,
        mine,
      ),
    ),
    decisions: explained(
      paged(
        database,
        `SELECT d.link_id AS "linkId", d.slot_key AS "slotKey", d.at, d.eligible, d.reason, d.link_version AS "linkVersion"
      FROM decisions d JOIN memberships m USING (workspace_id, link_id, slot_key)
      WHERE m.workspace_id = $1 AND m.contact_id = ANY($2) ORDER BY d.link_id, d.slot_key, d.at`,
        mine,
      ),
    ),
    activities: paged(
      database,
      `SELECT connection_id AS "connectionId", kind, at, text, address, author, campaign, state FROM activities
      WHERE workspace_id = $1 AND (contact_id = ANY($2) OR address = ANY($3)) ORDER BY at, activity_id`,
      [...mine, own],
    ),
    runs: explained(
      paged(
        database,
        `SELECT r.run_id AS "runId", r.link_id AS "linkId", r.state, r.requested_at AS "requestedAt", r.finished_at AS "finishedAt",
      p.slot_key AS "slotKey", p.operation, p.reason, p.parked FROM memberships m JOIN runs r ON r.workspace_id = m.workspace_id AND r.link_id = m.link_id
      JOIN plan_items p ON p.run_id = r.run_id AND p.slot_key = m.slot_key
      WHERE m.workspace_id = $1 AND m.contact_id = ANY($2) ORDER BY r.requested_at, r.run_id, p.slot_key, p.operation`,
        mine,
      ),
    ),
  };
}

/** What stood there before our writes, as long as they can be undone. */
const changesByRuns = (database: Database, workspaceId: string, own: readonly string[]): Pages =>
  paged(
    database,
    `SELECT c.run_id AS "runId", p.connection_id AS "connectionId", p.address, c.at, c.change FROM run_changes c
      JOIN remote_persons p USING (remote_person_id) WHERE p.workspace_id = $1 AND p.address = ANY($2) ORDER BY c.at, c.run_id, c.version`,
    [workspaceId, own],
  );

/** All of one section comes from page after page of one ordered question. */
async function* paged(database: Database, sql: string, params: readonly unknown[]): Pages {
  for (let offset = 0; ; offset += rowsPerPage) {
    const rows = await database.query(`${sql} OFFSET ${offset} LIMIT ${rowsPerPage}`, params);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsPerPage) return;
  }
}

interface Explained {
  readonly reason?: Reason;
}

/** With the sentences of each reason, in English and Czech. */
async function* explained(pages: Pages): Pages {
  for await (const rows of pages)
    yield rows.map((row: Explained) => (row.reason === undefined ? row : { ...row, reason: reasonView(row.reason) }));
}
