import { issuedCommand, runsView, runView, startedRun, type RunView, type IssuedCommand } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Param, Post, Query, Sse, type MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { v7 as uuidv7 } from 'uuid';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { loadSnapshot } from '../configuration/snapshot';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { found, Refusal } from '../http/refusal';
import { RegistryClient } from '../registry/registry-client';
import { Commands } from './commands';
import { RequestedRuns } from './requested-runs';
import { progressOf } from './run-progress';
import { OfLinkQuery, StartRunRequest } from './run-requests';
import { watchRun } from './watch-run';

@ApiController('', 'Runs')
export class RunsController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
    private readonly commands: Commands,
    private readonly runs: RequestedRuns,
  ) {}

  @Post('links/:id/runs')
  @Needs('editor')
  @HttpCode(202)
  @Documented({ summary: 'Start a run, or a dry one', answers: startedRun, status: 202, params: ['id'] })
  async start(@Who() who: Principal, @Param('id') linkId: string, @Body() { mode }: StartRunRequest): Promise<{ runId: string }> {
    const { links } = await loadSnapshot(this.context.database, who.workspaceId);
    const link = found(links.get(linkId), `link "${linkId}"`);
    if (!link.data.enabled) throw new Refusal('conflict', `The link "${link.data.name}" is disabled; enable it first.`);
    const runId = uuidv7();
    await this.context.database.transaction((tx) => this.runs.request(tx, who, { linkId, runId, mode, version: link.version }));
    return { runId };
  }

  @Get('runs')
  @Documented({ summary: 'Runs, newest first', answers: runsView })
  async list(@Who() { workspaceId }: Principal, @Query() { link, limit }: OfLinkQuery): Promise<{ runs: RunView[] }> {
    return { runs: await this.registry.runs(workspaceId, { linkId: link, limit }) };
  }

  @Get('runs/:runId')
  @Documented({ summary: 'One run with its counts', answers: runView, params: ['runId'] })
  get(@Who() { workspaceId }: Principal, @Param('runId') runId: string): Promise<RunView> {
    return this.registry.run(workspaceId, runId);
  }

  @Post('runs/:runId/cancel')
  @Needs('editor')
  @HttpCode(202)
  @Documented({ summary: 'Cancel a run; what it wrote stays', answers: issuedCommand, status: 202, params: ['runId'] })
  async cancel(@Who() who: Principal, @Param('runId') runId: string): Promise<IssuedCommand> {
    await this.mustBeKnown(who, runId);
    return this.commands.cancelRun(who, runId);
  }

  @Post('runs/:runId/undo')
  @Needs('editor')
  @HttpCode(202)
  @Documented({
    summary: 'Make the plan that undoes a run: what is reversed, kept because it was changed since, or cannot be; it waits for approval',
    ...{ answers: issuedCommand, status: 202, params: ['runId'] },
  })
  async undo(@Who() who: Principal, @Param('runId') runId: string): Promise<IssuedCommand> {
    await this.mustBeKnown(who, runId);
    return this.commands.undoRun(who, runId);
  }

  @Sse('runs/:runId/events')
  @Documented({ summary: 'Progress of a run until its end', answers: 'events', params: ['runId'] })
  async events(@Who() who: Principal, @Param('runId') runId: string): Promise<Observable<MessageEvent>> {
    await this.mustBeKnown(who, runId);
    return watchRun(() => this.known(who, runId));
  }

  /** Runs of the schedule are known to the registry before they are known here. */
  private async mustBeKnown(who: Principal, runId: string): Promise<void> {
    if ((await this.known(who, runId)) === undefined) await this.registry.run(who.workspaceId, runId);
  }

  private known({ workspaceId }: Principal, runId: string) {
    return progressOf(this.context.database, workspaceId, runId);
  }
}
