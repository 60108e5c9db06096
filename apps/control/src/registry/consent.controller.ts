import { consentReport, type ConsentReport } from '@kontaktor/contracts';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Get, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { Documented } from '../api-document/documented';
import { ApiController } from '../http/api-controller';
import { RegistryClient } from './registry-client';

class ReportQuery {
  @ApiPropertyOptional({ description: 'The "next" of an earlier answer' })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'after must be the "next" of an earlier answer' })
  after?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 1000, default: 500 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit = 500;
}

/** Whom we subscribed, and on what grounds. */
@ApiController('consent', 'People')
export class ConsentController {
  constructor(private readonly registry: RegistryClient) {}

  @Get('report')
  @Needs('approver')
  @Documented({
    summary: 'All whom Kontaktor ever subscribed, oldest first, with the evidence, each checked against the opt-outs known then',
    answers: consentReport,
  })
  report(@Who() { workspaceId }: Principal, @Query() { after, limit }: ReportQuery): Promise<ConsentReport> {
    return this.registry.consentReport(workspaceId, { after, limit });
  }
}
