import { auditView, deadLettersView, sentAgainView, type AuditView, type DeadLettersView, type SentAgainView } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Body, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import { Who, type Principal } from '../access/principal';
import { Needs } from '../access/token.guard';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { PeriodQuery } from '../runs/run-requests';
import { readAudit, writeAudit } from './audit';
import { DeadLetters } from './dead-letters';

class AuditQuery extends PeriodQuery {
  @ApiPropertyOptional({ type: Number, description: 'Entries before this one' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  before?: number;

  @ApiPropertyOptional({ description: 'Only of this user, or of this token: `token export`' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  actor?: string;

  @ApiPropertyOptional({ description: 'Only this action, such as `change`' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  action?: string;

  @ApiPropertyOptional({ description: 'Only of this object, `link newsletter`, or of this kind, `link`' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  object?: string;
}

class SendAgainRequest {
  @ApiPropertyOptional({ type: [String], description: 'Absent: all of them' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsUUID('all', { each: true })
  ids?: string[];
}

@ApiController('', 'Operations')
export class OperationsController {
  constructor(
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
    private readonly deadLetters: DeadLetters,
  ) {}

  @Get('audit')
  @Needs('admin')
  @Documented({ summary: 'Who changed what, newest first', answers: auditView })
  audit(@Who() { workspaceId }: Principal, @Query() query: AuditQuery): Promise<AuditView> {
    return readAudit(this.context.database, workspaceId, query);
  }

  @Get('dead-letters')
  @Needs('editor')
  @Documented({ summary: 'What services could not read', answers: deadLettersView })
  list(@Who() { workspaceId }: Principal): Promise<DeadLettersView> {
    return this.deadLetters.list(workspaceId);
  }

  @Post('dead-letters/send-again')
  @Needs('editor')
  @HttpCode(200)
  @Documented({ summary: 'Apply dead letters again', answers: sentAgainView })
  async sendAgain(@Who() who: Principal, @Body() { ids }: SendAgainRequest): Promise<SentAgainView> {
    const result = await this.deadLetters.sendAgain(who.workspaceId, ids);
    await writeAudit(this.context.database, who, 'send again', 'dead letters', result);
    return result;
  }
}
