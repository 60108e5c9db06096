import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { LimitQuery } from '../../runs/run-requests';

export class AlertsQuery extends LimitQuery {
  @ApiPropertyOptional({ enum: ['open', 'all'], default: 'open', description: 'open: what is wrong now; all: with the history of a year' })
  @IsOptional()
  @IsIn(['open', 'all'])
  state: 'open' | 'all' = 'open';

  @ApiPropertyOptional({ description: '`next` of the page before' })
  @IsOptional()
  @IsUUID()
  before?: string;
}

export class SnoozeRequest {
  @ApiProperty({ description: 'No reminders until then', example: '2026-03-02T17:00:00Z' })
  @IsISO8601({ strict: true }, { message: 'must be a time such as 2026-03-02T17:00:00Z' })
  until: string;
}

export class RotateRequest {
  @ApiPropertyOptional({ description: 'The new signing secret; made where it is not given' })
  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, { message: 'must be whsec_ and 24 to 64 bytes in base64' })
  secret?: string;
}
