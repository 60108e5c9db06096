import { contactSynced, createEvent } from '@kontaktor/contracts';
import type { Host } from '../host';
import { syncedBase } from './to-synced';
import type { WorkRow } from './work-row';

interface WaitingRow extends Omit<WorkRow, 'body'> {
  readonly workspace_id: string;
  readonly body: string;
  readonly suspended: string;
}

const rowsPerRound = 3000;

/** Work that waits because its connection is suspended is told so, once; the rows stay. Answers whether there was any. */
export async function tellSuspended(host: Host): Promise<boolean> {
  const suspended = await host.database.query('SELECT 1 FROM connections WHERE suspended IS NOT NULL LIMIT 1');
  return suspended.length > 0 && tellSome(host);
}

function tellSome(host: Host): Promise<boolean> {
  return host.database.transaction(async (tx) => {
    const rows = await tx.query<WaitingRow>(
      `WITH waiting AS (
         SELECT w.workspace_id, w.connection_id, w.kind, w.target, c.suspended FROM connections c JOIN work w USING (workspace_id, connection_id)
         WHERE c.suspended IS NOT NULL AND NOT w.told_suspended AND NOT w.urgent LIMIT $1 FOR UPDATE OF w SKIP LOCKED)
       UPDATE work w SET told_suspended = true FROM waiting
       WHERE w.workspace_id = waiting.workspace_id AND w.connection_id = waiting.connection_id AND w.kind = waiting.kind AND w.target = waiting.target
       RETURNING w.*, waiting.suspended`,
      [rowsPerRound],
    );
    const [clock] = await tx.query<{ at: Date }>('SELECT now() AS at');
    const at = (clock?.at ?? new Date()).toISOString();
    const events = rows.map(({ workspace_id: workspaceId, correlation_id: correlationId, suspended, body, ...row }) => {
      const parsed: WorkRow = { ...row, correlation_id: correlationId, body: JSON.parse(body) };
      const failure = { kind: 'credentials-rejected', message: suspended, attempts: row.attempts };
      return createEvent(contactSynced, { workspaceId, correlationId }, { ...syncedBase(parsed, 'suspended', at), failure });
    });
    await host.outbox.append(tx, contactSynced, events);
    return rows.length > 0;
  });
}
