import { inCallScope } from '../calls/call-scope';
import { connectionColumns, type ConnectionRow } from '../connections/connection-row';
import type { Connections } from '../connections/connections';
import type { Host } from '../host';
import type { Task } from '../work-loop';
import { tellSchema } from './tell-schema';

/** Looks at the accounts of links from time to time, whether what they offer is still what links use. */
export class SchemaRunner {
  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  /** One connection that is due; its next look is put down before this one, so that replicas do not look twice. */
  readonly claim = async (): Promise<Task | undefined> => {
    const [row] = await this.host.database.query<ConnectionRow>(
      `UPDATE connections c SET schema_due_at = now() + $1 * interval '1 ms'
       WHERE (c.workspace_id, c.connection_id) = (SELECT d.workspace_id, d.connection_id FROM connections d
         WHERE d.enabled AND d.suspended IS NULL AND d.schema_due_at <= now() AND EXISTS (SELECT 1 FROM links l
           WHERE l.workspace_id = d.workspace_id AND d.connection_id IN (l.source_id, l.destination_id))
         ORDER BY d.schema_due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING ${connectionColumns('c')}`,
      [this.host.schemaMs],
    );
    return row === undefined ? undefined : () => this.look(row);
  };

  private async look(row: ConnectionRow): Promise<void> {
    try {
      await inCallScope({ urgent: false, calls: 0 }, () => tellSchema(this.host, row, this.connections.get(row)));
    } catch (error) {
      // An account that cannot be asked says nothing; whether it can be reached at all is for reads to find.
      this.host.logger.warn({ err: error, connectionId: row.connection_id }, 'what the account offers is not known');
    }
  }
}
