import {
  erasurePreview,
  erasureReceipt,
  erasuresView,
  issuedCommand,
  personExport,
  type ErasurePreview,
  type ErasureReceipt,
  type ErasuresView,
  type IssuedCommand,
} from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { Documented } from '../api-document/documented';
import { ApiController } from '../http/api-controller';
import { writeAudit } from '../operations/audit';
import { RegistryClient } from '../registry/registry-client';
import { Commands } from '../runs/commands';
import { LimitQuery } from '../runs/run-requests';
import { AddressRequest, ConfirmedErasureRequest, ErasureRequest, PersonRequest } from './privacy-requests';

/** Erasing and exporting one person. Addresses stand in bodies alone: those of pages end up in the logs of proxies. */
@ApiController('people', 'Privacy')
export class PrivacyController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly registry: RegistryClient,
    private readonly commands: Commands,
  ) {}

  @Post('erasures/preview')
  @Needs('approver')
  @HttpCode(200)
  @Documented({ summary: 'What erasing a person would do; nothing is changed', answers: erasurePreview })
  preview(@Who() { workspaceId }: Principal, @Body() question: ErasureRequest): Promise<ErasurePreview> {
    return this.registry.erasurePreview(workspaceId, { ...question });
  }

  @Post('erasures')
  @Needs('approver')
  @HttpCode(202)
  @Documented({ summary: 'Erase a person everywhere; the command’s id is that of the receipt', answers: issuedCommand, status: 202 })
  erase(@Who() who: Principal, @Body() { confirmation, ...question }: ConfirmedErasureRequest): Promise<IssuedCommand> {
    return this.commands.erase(who, question, confirmation);
  }

  @Get('erasures')
  @Needs('approver')
  @Documented({ summary: 'Receipts of erasures, newest first; they name nobody', answers: erasuresView })
  erasures(@Who() { workspaceId }: Principal, @Query() { limit }: LimitQuery): Promise<ErasuresView> {
    return this.registry.erasures(workspaceId, limit);
  }

  @Get('erasures/:erasureId')
  @Needs('approver')
  @Documented({ summary: 'The receipt of one erasure, place by place', answers: erasureReceipt, params: ['erasureId'] })
  receipt(@Who() { workspaceId }: Principal, @Param('erasureId') erasureId: string): Promise<ErasureReceipt> {
    return this.registry.erasure(workspaceId, erasureId);
  }

  @Post('erasures/lift')
  @Needs('admin')
  @HttpCode(202)
  @Documented({ summary: 'Let an erased person be taken in again', answers: issuedCommand, status: 202 })
  lift(@Who() who: Principal, @Body() { address }: AddressRequest): Promise<IssuedCommand> {
    return this.commands.liftSuppression(who, address);
  }

  @Post('export')
  @Needs('approver')
  @HttpCode(200)
  @Documented({ summary: 'Everything that is known of one person', answers: personExport })
  async export(@Who() who: Principal, @Body() question: PersonRequest): Promise<StreamableFile> {
    const document = await this.registry.exportPerson(who.workspaceId, { ...question });
    await writeAudit(this.context.database, who, 'export person', this.commands.nameOf(who, question.address), {});
    return new StreamableFile(document, { type: 'application/json' });
  }
}
