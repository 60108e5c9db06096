import type { ConnectionTrouble } from '@kontaktor/contracts';
import { ServiceTokenGuard } from '@kontaktor/service';
import { Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, UseGuards } from '@nestjs/common';
import { AdapterRuntime } from '../adapter-runtime';
import { inCallScope, oneOffScope } from '../calls/call-scope';
import { connectionColumns, type ConnectionRow } from '../connections/connection-row';
import { connectionTroubles } from '../connections/connection-troubles';
import { liftSuspension } from '../connections/suspension';
import { providerFailureOf } from './provider-failure';

/** Connections that this service keeps. */
@Controller('internal/connections')
@UseGuards(ServiceTokenGuard)
export class ConnectionsController {
  constructor(@Inject(AdapterRuntime) private readonly runtime: AdapterRuntime) {}

  /** What control watches for alerts. */
  @Get('troubles')
  troubles(): Promise<ConnectionTrouble[]> {
    return connectionTroubles(this.runtime.host.database);
  }

  /** Checks the connection and, when the provider accepts it, lifts its suspension; what it offers is looked at, too. */
  @Post(':workspaceId/:connectionId/resume')
  @HttpCode(200)
  async resume(@Param('workspaceId') workspaceId: string, @Param('connectionId') connectionId: string): Promise<{ resumed: boolean }> {
    const { host, connections, loops } = this.runtime;
    const [row] = await host.database.query<ConnectionRow>(
      `SELECT ${connectionColumns('c')} FROM connections c WHERE workspace_id = $1 AND connection_id = $2`,
      [workspaceId, connectionId],
    );
    if (row === undefined) throw new NotFoundException({ kind: 'not-found', message: `There is no connection ${connectionId} here.` });
    try {
      await inCallScope(oneOffScope(), () => host.adapter.check(connections.get(row)));
    } catch (error) {
      throw providerFailureOf(error);
    }
    const resumed = await liftSuspension(host.database, row);
    // Somebody looks at it now: so do we, at what it offers.
    await host.database.query('UPDATE connections SET schema_due_at = now() WHERE workspace_id = $1 AND connection_id = $2', [
      workspaceId,
      connectionId,
    ]);
    for (const loop of Object.values(loops)) loop.nudge();
    return { resumed };
  }
}
