import { commandView, issuedCommand, planView, stopView } from '@kontaktor/contracts';
import type { CommandView, IssuedCommand, PlanView, StopView } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { Documented } from '../api-document/documented';
import { loadSnapshot } from '../configuration/snapshot';
import { ApiController } from '../http/api-controller';
import { found } from '../http/refusal';
import { RegistryClient } from '../registry/registry-client';
import { Commands } from './commands';
import { ApproveRequest, LiftBrakeRequest, PlanQuery } from './run-requests';

/** What lets runs go on, and what stops them: plans, approvals, brakes. */
@ApiController('', 'Runs')
export class ApprovalsController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
    private readonly commands: Commands,
  ) {}

  @Get('runs/:runId/plan')
  @Documented({
    summary: 'What a run would do, or did: counts, hash, and its items with who, what and why',
    answers: planView,
    params: ['runId'],
  })
  plan(@Who() { workspaceId }: Principal, @Param('runId') runId: string, @Query() query: PlanQuery): Promise<PlanView> {
    return this.registry.plan(workspaceId, runId, { ...query });
  }

  @Post('runs/:runId/approve')
  @Needs('approver')
  @HttpCode(202)
  @Documented({
    summary: 'Let exactly this plan be carried out: by the run that waits, or by a new one when it is of a dry run',
    ...{ answers: issuedCommand, status: 202, params: ['runId'] },
  })
  approve(@Who() who: Principal, @Param('runId') runId: string, @Body() { planHash, expiresAt }: ApproveRequest): Promise<IssuedCommand> {
    return this.commands.approveRun(who, runId, planHash, expiresAt);
  }

  @Post('links/:id/lift-brake')
  @Needs('approver')
  @HttpCode(202)
  @Documented({
    summary: 'Let more removals between runs pass the brake; whom it holds: people, list=held',
    ...{ answers: issuedCommand, status: 202, params: ['id'] },
  })
  async liftBrake(@Who() who: Principal, @Param('id') id: string, @Body() { removals, hours }: LiftBrakeRequest): Promise<IssuedCommand> {
    found((await loadSnapshot(this.context.database, who.workspaceId)).links.get(id), `link "${id}"`);
    return this.commands.liftBrake(who, id, removals, hours);
  }

  @Get('commands/:commandId')
  @Documented({ summary: 'What became of a command', answers: commandView, params: ['commandId'] })
  async command(@Who() { workspaceId }: Principal, @Param('commandId') commandId: string): Promise<CommandView> {
    return found(await this.registry.command(workspaceId, commandId), `command ${commandId} that was answered`);
  }

  @Get('stop')
  @Documented({ summary: 'Whether all writes of the workspace are stopped', answers: stopView })
  stopped(@Who() { workspaceId }: Principal): Promise<StopView> {
    return this.registry.stop(workspaceId);
  }

  @Post('stop')
  @Needs('editor')
  @HttpCode(202)
  @Documented({ summary: 'Halt every write of the workspace at once; opt-outs alone go on', answers: issuedCommand, status: 202 })
  stop(@Who() who: Principal): Promise<IssuedCommand> {
    return this.commands.switchWrites(who, 'stop-writes');
  }

  @Post('continue')
  @Needs('approver')
  @HttpCode(202)
  @Documented({ summary: 'Let everything go on where it stood', answers: issuedCommand, status: 202 })
  continue(@Who() who: Principal): Promise<IssuedCommand> {
    return this.commands.switchWrites(who, 'continue-writes');
  }
}
