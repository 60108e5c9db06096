import {
  driftsOfLink,
  errorInbox,
  issuedCommand,
  retriedFailures,
  type DriftsOfLink,
  type ErrorInbox,
  type IssuedCommand,
  type RetriedFailures,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { Documented } from '../api-document/documented';
import { loadSnapshot } from '../configuration/snapshot';
import { Resuming } from '../connections/resuming';
import { ApiController } from '../http/api-controller';
import { found, Refusal } from '../http/refusal';
import { RegistryClient } from '../registry/registry-client';
import { Commands } from '../runs/commands';
import { FailuresQuery, RetryRequest } from './failure-requests';
import { SuspendedConnections } from './suspended-connections';

/** The error inbox: what failed, why, and another try. */
@ApiController('', 'Failures')
export class FailuresController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
    private readonly commands: Commands,
    private readonly resuming: Resuming,
    private readonly suspended: SuspendedConnections,
  ) {}

  @Get('failures')
  @Documented({ summary: 'What failed or waits for a retry, with causes; and suspended connections', answers: errorInbox })
  async list(@Who() { workspaceId }: Principal, @Query() query: FailuresQuery): Promise<ErrorInbox> {
    const { link, connection, ...same } = query;
    const [failures, suspended] = await Promise.all([
      this.registry.failures(workspaceId, { ...same, linkId: link, connectionId: connection }),
      this.suspended.of(workspaceId),
    ]);
    return { ...failures, ...suspended };
  }

  @Get('links/:id/drift')
  @Documented({ summary: 'What of a link is paused because it changed at a provider', answers: driftsOfLink, params: ['id'] })
  async drift(@Who() who: Principal, @Param('id') id: string): Promise<DriftsOfLink> {
    await this.linkOf(who, id);
    return { drifts: await this.registry.drift(who.workspaceId, id) };
  }

  @Post('links/:id/drift/accept')
  @Needs('editor')
  @HttpCode(202)
  @Documented({
    summary: 'Accept fields that changed their type or choice as they are now; a run writes what waited',
    answers: issuedCommand,
    status: 202,
    params: ['id'],
  })
  async acceptDrift(@Who() who: Principal, @Param('id') id: string): Promise<IssuedCommand> {
    await this.linkOf(who, id);
    return this.commands.acceptDrift(who, id);
  }

  /** Suspended connections of the link are proven first: with an accepted key, what waited for them goes on by itself. */
  @Post('links/:id/failures/retry')
  @Needs('editor')
  @HttpCode(202)
  @Documented({
    summary: 'Try again what failed: all, some people, or what a filter finds',
    answers: retriedFailures,
    status: 202,
    params: ['id'],
  })
  async retry(@Who() who: Principal, @Param('id') id: string, @Body() request: RetryRequest): Promise<RetriedFailures> {
    const snapshot = await loadSnapshot(this.context.database, who.workspaceId);
    const { data } = found(snapshot.links.get(id), `link "${id}"`);
    const resumed = await this.resuming.resume(snapshot, [data.source.connectionId, data.destination.connectionId]);
    const { remotePersonIds, connection, ...filter } = request;
    const meant = { remotePersonIds, filter: { ...filter, ...(connection === undefined ? {} : { connectionId: connection }) } };
    try {
      return { ...resumed, ...(await this.commands.retryFailures(who, id, meant)) };
    } catch (error) {
      if (!(error instanceof Refusal) || resumed.problems.length === 0) throw error;
      throw new Refusal(error.code, `${error.message} ${resumed.problems.map(({ problem }) => problem).join(' ')}`, resumed.problems);
    }
  }

  private async linkOf({ workspaceId }: Principal, id: string) {
    return found((await loadSnapshot(this.context.database, workspaceId)).links.get(id), `link "${id}"`);
  }
}
