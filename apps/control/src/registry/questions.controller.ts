import { journalView, peopleView, whyView, type JournalView, type PeopleView, type WhyView } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Get, Inject, Param, Query } from '@nestjs/common';
import { Who, type Principal } from '../access/principal';
import { loadSnapshot } from '../configuration/snapshot';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { found } from '../http/refusal';
import { PeopleQuery, WhyQuery } from '../runs/run-requests';
import { JournalQuery } from './journal-query';
import { RegistryClient } from './registry-client';

/** What people ask about people; the registry answers. */
@ApiController('', 'People')
export class QuestionsController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
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
