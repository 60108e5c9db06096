import {
  failuresView,
  journalView,
  peopleView,
  retriedFailures,
  whyView,
  type FailuresView,
  type JournalView,
  type PeopleView,
  type RetriedFailures,
  type WhyView,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { Resuming } from '../connections/resuming';
import { loadSnapshot } from '../configuration/snapshot';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { found } from '../http/refusal';
import { Commands } from '../runs/commands';
import { OfLinkQuery, PeopleQuery, RetryRequest, WhyQuery } from '../runs/run-requests';
import { JournalQuery } from './journal-query';
import { RegistryClient } from './registry-client';

/** What people ask about people; the registry answers. */
@ApiController('', 'People')
export class QuestionsController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
    private readonly commands: Commands,
    private readonly resuming: Resuming,
  ) {}

  @Get('why')
  @Documented({ summary: 'Why a person is, or is not, in the lists', answers: whyView })
  why(@Who() { workspaceId }: Principal, @Query() { address }: WhyQuery): Promise<WhyView> {
    return this.registry.why(workspaceId, address);
  }

  @Get('journal')
  @Documented({ summary: 'Campaign deliveries and the own entries of the team, newest first', answers: journalView })
  journal(@Who() { workspaceId }: Principal, @Query() query: JournalQuery): Promise<JournalView> {
    return this.registry.journal(workspaceId, { ...query });
  }

  @Get('failures')
  @Documented({ summary: 'What failed or waits for a retry, with causes', answers: failuresView })
  failures(@Who() { workspaceId }: Principal, @Query() { link, limit }: OfLinkQuery): Promise<FailuresView> {
    return this.registry.failures(workspaceId, { linkId: link, limit });
  }

  @Post('links/:id/failures/retry')
  @Needs('editor')
  @HttpCode(202)
  @Documented({ summary: 'Try again what failed: all, or some people', answers: retriedFailures, status: 202, params: ['id'] })
  async retry(@Who() who: Principal, @Param('id') id: string, @Body() { remotePersonIds }: RetryRequest): Promise<RetriedFailures> {
    const snapshot = await loadSnapshot(this.context.database, who.workspaceId);
    const { data } = found(snapshot.links.get(id), `link "${id}"`);
    const resumed = await this.resuming.resume(snapshot, [data.source.connectionId, data.destination.connectionId]);
    return { ...resumed, commandId: await this.commands.retryFailures(who, id, remotePersonIds) };
  }

  @Get('links/:id/people')
  @Documented({ summary: 'The three lists of a link: in sync, excluded, failing', answers: peopleView, params: ['id'] })
  async people(@Who() who: Principal, @Param('id') id: string, @Query() { list, limit, after }: PeopleQuery): Promise<PeopleView> {
    await this.linkOf(who, id);
    return this.registry.people(who.workspaceId, id, { list, limit, after });
  }

  private async linkOf({ workspaceId }: Principal, id: string) {
    return found((await loadSnapshot(this.context.database, workspaceId)).links.get(id), `link "${id}"`);
  }
}
