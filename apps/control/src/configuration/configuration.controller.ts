import { changeReport, type ChangeReport } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, Header, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { configurationDocument } from '../document/document';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { ChangeConfiguration } from './change-configuration';
import { ApplyQuery, PlanQuery } from './configuration-requests';
import { exportDocument } from './export-document';
import { loadSnapshot } from './snapshot';

@ApiController('', 'Configuration as code')
export class ConfigurationController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly changes: ChangeConfiguration,
  ) {}

  @Get('export')
  @Needs('editor')
  @Header('content-type', 'application/yaml; charset=utf-8')
  @Documented({ summary: 'The workspace as kontaktor.yaml, with references to variables in place of secrets', answers: 'yaml' })
  async export(@Who() { workspaceId }: Principal): Promise<string> {
    return exportDocument(await loadSnapshot(this.context.database, workspaceId));
  }

  @Post('apply')
  @Needs('editor')
  @HttpCode(200)
  @Documented({
    summary: 'Save a whole document, or nothing of it; what it does not name is left alone, unless it is to be pruned',
    answers: changeReport,
    body: configurationDocument,
  })
  apply(@Who() who: Principal, @Query() { prune, revision }: ApplyQuery, @Body() body: unknown): Promise<ChangeReport> {
    return this.changes.change(who, body, { save: true, prove: true, prune: prune === 'true', revision });
  }

  @Post('plan')
  @Needs('editor')
  @HttpCode(200)
  @Documented({
    summary: 'What applying a document would create, change and delete, field by field; saves nothing',
    answers: changeReport,
    body: configurationDocument,
  })
  plan(@Who() who: Principal, @Query() { prune }: PlanQuery, @Body() body: unknown): Promise<ChangeReport> {
    return this.changes.change(who, body, { save: false, prove: true, prune: prune === 'true' });
  }

  @Post('validate')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'Check a whole document and save nothing', answers: changeReport, body: configurationDocument })
  validate(@Who() who: Principal, @Body() body: unknown): Promise<ChangeReport> {
    return this.changes.change(who, body, { save: false, prove: true });
  }
}
